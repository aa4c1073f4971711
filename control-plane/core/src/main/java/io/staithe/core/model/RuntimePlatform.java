package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which hosts can run the images. */
public record RuntimePlatform(
        @Nullable String cpuArchitecture, @Nullable String operatingSystemFamily) {
    public RuntimePlatform {
        Check.oneOf(cpuArchitecture, List.of("X86_64", "ARM64"), "cpuArchitecture");
        if (operatingSystemFamily != null)
            Check.that(
                    operatingSystemFamily.equals("LINUX"),
                    "operatingSystemFamily",
                    "must be LINUX: Staithe runs Linux containers");
    }
}
