package io.staithe.agent.container.docker;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HostConfig;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.Labels;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Docker says of a container, in ECS's words. */
final class Inspection {
    /** How Docker writes that something has not happened yet. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private static final String LOOPBACK = "127.0.0.1";

    private Inspection() {}

    static Container read(InspectContainerResponse found) {
        ContainerState docker = found.getState();
        Container.State state = state(Objects.requireNonNull(docker.getStatus()));
        boolean alive = state == Container.State.RUNNING || state == Container.State.PAUSED;
        Map<String, String> labels = labels(found);
        return new Container(
                found.getId(),
                TaskId.of(Objects.requireNonNull(labels.get(Labels.TASK))),
                Objects.requireNonNull(labels.get(Labels.CONTAINER)),
                Objects.requireNonNullElse(found.getConfig().getImage(), found.getImageId()),
                found.getImageId(),
                state,
                state == Container.State.EXITED ? Math.toIntExact(docker.getExitCodeLong()) : null,
                Boolean.TRUE.equals(docker.getOOMKilled()),
                docker.getError() == null || docker.getError().isEmpty() ? null : docker.getError(),
                alive ? health(docker.getHealth()) : HealthStatus.UNKNOWN,
                alive ? address(found) : null,
                alive ? bindings(found, labels) : List.of(),
                labels,
                alive ? docker.getPidLong() : null,
                Instant.parse(found.getCreated()),
                time(docker.getStartedAt()),
                alive ? null : time(docker.getFinishedAt()));
    }

    /** Whether this agent made it; whatever else bears a label like ours was made by somebody else. */
    static boolean isOf(InstanceId owner, Map<String, String> labels) {
        return owner.value().equals(labels.get(Labels.AGENT))
                && labels.getOrDefault(Labels.TASK, "").matches("[0-9a-f]{32}")
                && labels.containsKey(Labels.CONTAINER);
    }

    static Map<String, String> labels(InspectContainerResponse found) {
        Map<String, String> labels = found.getConfig().getLabels();
        return labels == null ? Map.of() : labels;
    }

    /** A container that never started because the start failed stays created: it may be started again. */
    static Container.State state(String status) {
        return switch (status) {
            case "created" -> Container.State.CREATED;
            case "running", "restarting" -> Container.State.RUNNING;
            case "paused" -> Container.State.PAUSED;
            default -> Container.State.EXITED; // exited, dead, removing
        };
    }

    /** As a line of the list has it, in words for people: {@code Up 2 minutes (healthy)}. */
    static HealthStatus health(com.github.dockerjava.api.model.Container line) {
        String status = Objects.requireNonNullElse(line.getStatus(), "");
        if (status.endsWith("(healthy)")) return HealthStatus.HEALTHY;
        return status.endsWith("(unhealthy)") ? HealthStatus.UNHEALTHY : HealthStatus.UNKNOWN;
    }

    private static HealthStatus health(@Nullable HealthState health) {
        if (health == null || health.getStatus() == null) return HealthStatus.UNKNOWN;
        return switch (health.getStatus()) {
            case "healthy" -> HealthStatus.HEALTHY;
            case "unhealthy" -> HealthStatus.UNHEALTHY;
            default -> HealthStatus.UNKNOWN; // starting, none
        };
    }

    /** On the host's network every address of the host is the container's. */
    private static @Nullable String address(InspectContainerResponse found) {
        HostConfig host = found.getHostConfig();
        if (host != null && "host".equals(host.getNetworkMode())) return LOOPBACK;
        if (found.getNetworkSettings() == null) return null;
        return found.getNetworkSettings().getNetworks().values().stream()
                .map(ContainerNetwork::getIpAddress)
                .filter(address -> address != null && !address.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static List<NetworkBinding> bindings(InspectContainerResponse found, Map<String, String> labels) {
        String onHostNetwork = labels.get(PortLabel.NAME);
        return onHostNetwork != null
                ? PortLabel.read(onHostNetwork)
                : PublishedPorts.published(found.getNetworkSettings());
    }

    private static @Nullable Instant time(@Nullable String written) {
        return written == null || written.equals(NEVER) ? null : Instant.parse(written);
    }
}
