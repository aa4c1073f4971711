package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/** Mounts everything that another container of the task mounts. */
public record VolumeFrom(String sourceContainer, @Nullable Boolean readOnly) {
    public VolumeFrom {
        Check.text(sourceContainer, "sourceContainer", 255);
    }
}
