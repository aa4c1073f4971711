package io.staithe.core;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.ResourceRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Container definitions for tests: the container {@code app} with what a test asks for. */
public final class Containers {
    private Containers() {}

    public static ContainerDefinition checked() {
        return app(new HealthCheck(List.of("CMD", "true"), null, null, null, null), List.of(), List.of());
    }

    public static ContainerDefinition listening(PortMapping... ports) {
        return app(null, List.of(ports), List.of());
    }

    public static ContainerDefinition asking(ResourceRequirement... resources) {
        return app(null, List.of(), List.of(resources));
    }

    private static ContainerDefinition app(
            @Nullable HealthCheck healthCheck, List<PortMapping> ports, List<ResourceRequirement> resources) {
        return new ContainerDefinition(
                "app",
                "app:1",
                null,
                null,
                null,
                null,
                List.of(),
                ports,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Map.of(),
                List.of(),
                null,
                healthCheck,
                List.of(),
                resources,
                null);
    }
}
