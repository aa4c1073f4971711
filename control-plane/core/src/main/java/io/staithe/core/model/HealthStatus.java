package io.staithe.core.model;

/** What a container health check says; UNKNOWN where there is none or it has not run yet. */
public enum HealthStatus {
    HEALTHY,
    UNHEALTHY,
    UNKNOWN
}
