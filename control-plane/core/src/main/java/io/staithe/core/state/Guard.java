package io.staithe.core.state;

import io.staithe.core.model.Key;

/** Something that must still hold for a plan to commit, and that the plan does not write: fencing, and references. */
public record Guard(Key key, long expectedRevision) {}
