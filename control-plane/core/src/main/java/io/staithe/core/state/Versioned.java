package io.staithe.core.state;

import io.staithe.core.model.Entity;

/** An object and the store revision that last wrote it. */
public record Versioned<E extends Entity>(E entity, long revision) {}
