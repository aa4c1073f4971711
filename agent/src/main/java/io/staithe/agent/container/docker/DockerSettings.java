package io.staithe.agent.container.docker;

import io.staithe.core.model.InstanceId;
import java.net.URI;
import java.time.Duration;

/**
 * Where the engine is and whose containers to look after.
 *
 * @param host {@code unix:///var/run/docker.sock} or {@code tcp://host:port}
 * @param callDeadline for each call that does not say otherwise; creating a container on a busy disk takes seconds
 */
public record DockerSettings(URI host, InstanceId owner, Duration callDeadline) {
    public static final URI LOCAL = URI.create("unix:///var/run/docker.sock");
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(60);

    public static DockerSettings of(URI host, InstanceId owner) {
        return new DockerSettings(host, owner, CALL_DEADLINE);
    }
}
