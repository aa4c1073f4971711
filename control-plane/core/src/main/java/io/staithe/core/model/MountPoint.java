package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/** Where one of the task's volumes appears inside a container. */
public record MountPoint(
        String sourceVolume, String containerPath, @Nullable Boolean readOnly) {
    public MountPoint {
        Check.text(sourceVolume, "sourceVolume", 255);
        Check.text(containerPath, "containerPath", 4096);
        Check.that(containerPath.startsWith("/"), "containerPath", "must be absolute");
        Check.that(containerPath.indexOf(':') < 0, "containerPath", "must not contain ':'");
    }
}
