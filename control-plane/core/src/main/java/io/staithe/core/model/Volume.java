package io.staithe.core.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A volume of a task: a folder of the host, a Docker volume, or, with neither, an empty one that ends with the task. */
public record Volume(
        String name, @Nullable Host host, @Nullable DockerVolumeConfiguration dockerVolumeConfiguration) {
    public Volume {
        Check.name(name, "name");
        Check.that(
                host == null || dockerVolumeConfiguration == null,
                "dockerVolumeConfiguration",
                "is not allowed together with host");
    }

    /** @param sourcePath absolute path on the host; absent: an empty volume that ends with the task */
    public record Host(@Nullable String sourcePath) {
        public Host {
            if (sourcePath != null && !sourcePath.isEmpty()) {
                Check.text(sourcePath, "sourcePath", 4096);
                Check.that(sourcePath.startsWith("/"), "sourcePath", "must be absolute");
                Check.that(!List.of(sourcePath.split("/")).contains(".."), "sourcePath", "must not contain '..'");
                Check.that(sourcePath.indexOf(':') < 0, "sourcePath", "must not contain ':'");
            }
        }
    }

    /** @param scope {@code task}: made and removed with the task; {@code shared}: outlives it */
    public record DockerVolumeConfiguration(
            @Nullable String scope,
            @Nullable Boolean autoprovision,
            @Nullable String driver,
            Map<String, String> driverOpts,
            Map<String, String> labels) {
        public DockerVolumeConfiguration {
            Check.oneOf(scope, List.of("task", "shared"), "scope");
            Check.that(
                    autoprovision == null || "shared".equals(scope),
                    "autoprovision",
                    "is only allowed with scope shared");
            driverOpts = Check.map(driverOpts);
            labels = Check.map(labels);
        }

        public boolean shared() {
            return "shared".equals(scope);
        }
    }
}
