package io.staithe.agent.container.docker;

import io.staithe.core.model.InstanceId;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine is and whose containers to look after.
 *
 * @param host {@code unix:///var/run/docker.sock} or {@code tcp://host:port}
 * @param cgroupParent the control group in which all its containers are, which bounds them together; absent: one for all hosts of
 *     the machine, where {@link ControlGroup} can make it
 * @param callDeadline for each call that does not say otherwise; creating a container on a busy disk takes seconds
 */
public record DockerSettings(
        URI host, InstanceId owner, @Nullable String cgroupParent, Duration callDeadline) {
    public static final URI LOCAL = URI.create("unix:///var/run/docker.sock");
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(60);

    public static DockerSettings of(URI host, InstanceId owner, @Nullable String cgroupParent) {
        return new DockerSettings(host, owner, cgroupParent, CALL_DEADLINE);
    }

    public static DockerSettings of(URI host, InstanceId owner) {
        return of(host, owner, null);
    }
}
