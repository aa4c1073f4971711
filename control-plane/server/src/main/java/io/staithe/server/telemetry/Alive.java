package io.staithe.server.telemetry;

import io.staithe.server.ControlPlane;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive: every thread that this process needs still runs. A store that is away is no reason to restart. */
@Liveness
@Singleton
public class Alive implements HealthCheck {
    private final ControlPlane controlPlane;

    Alive(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("threads")
                .status(controlPlane.isAlive())
                .build();
    }
}
