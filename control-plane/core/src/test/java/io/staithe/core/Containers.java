package io.staithe.core;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.ResourceRequirement;
import java.util.List;

/** Container definitions for tests: the container {@code app} with what a test asks for. */
public final class Containers {
    private static final ContainerDefinition APP = ContainerDefinition.of("app", "app:1");

    private Containers() {}

    public static ContainerDefinition checked() {
        return APP.but()
                .healthCheck(new HealthCheck(List.of("CMD", "true"), null, null, null, null))
                .build();
    }

    public static ContainerDefinition listening(PortMapping... ports) {
        return APP.but().portMappings(List.of(ports)).build();
    }

    public static ContainerDefinition asking(ResourceRequirement... resources) {
        return APP.but().resourceRequirements(List.of(resources)).build();
    }
}
