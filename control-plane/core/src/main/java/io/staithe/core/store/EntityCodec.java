package io.staithe.core.store;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Kind;

/** How objects are written in stores that keep bytes. */
public interface EntityCodec {
    byte[] encode(Entity entity);

    /** @throws IllegalStateException when the bytes were written by a newer version, or are damaged */
    Entity decode(Kind kind, byte[] bytes);
}
