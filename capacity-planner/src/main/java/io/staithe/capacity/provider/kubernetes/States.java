package io.staithe.capacity.provider.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ListedHost.State;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pods as hosts. */
final class States {
    private States() {}

    static Optional<ListedHost> host(Pod pod) {
        String group = pod.getMetadata().getAnnotations().getOrDefault(Names.GROUP, "");
        State state = state(pod);
        return Names.host(pod)
                .map(id -> new ListedHost(id, group, state, pod.getMetadata().getName(), message(pod, state)));
    }

    static State state(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        if ("Succeeded".equals(phase) || "Failed".equals(phase)) return State.ENDED;
        if (pod.getMetadata().getDeletionTimestamp() != null) return State.ENDING;
        if (disruption(pod).isPresent()) return State.INTERRUPTED;
        // Unknown: its node is out of reach, and the agent's heartbeats tell whether it lives.
        return phase == null || phase.equals("Pending") ? State.STARTING : State.RUNNING;
    }

    private static @Nullable String message(Pod pod, State state) {
        return switch (state) {
            case STARTING -> waitingFor(pod).orElse(null);
            case INTERRUPTED -> disruption(pod).map(States::text).orElse(null);
            case ENDED -> text(pod.getStatus().getReason(), pod.getStatus().getMessage());
            case RUNNING, ENDING -> null;
        };
    }

    /** Kubernetes says so before it evicts or preempts a pod. */
    private static Optional<PodCondition> disruption(Pod pod) {
        return condition(pod, "DisruptionTarget", "True");
    }

    /** Why it does not start: no node for it, or a container that cannot be made. */
    private static Optional<String> waitingFor(Pod pod) {
        if (pod.getStatus() == null) return Optional.empty();
        return condition(pod, "PodScheduled", "False").map(States::text).or(() -> Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(state -> state.getWaiting())
                .filter(waiting -> waiting != null && !isUsual(waiting))
                .map(waiting -> text(waiting.getReason(), waiting.getMessage()))
                .filter(Objects::nonNull)
                .findFirst());
    }

    private static boolean isUsual(ContainerStateWaiting waiting) {
        return "ContainerCreating".equals(waiting.getReason()) || "PodInitializing".equals(waiting.getReason());
    }

    private static Optional<PodCondition> condition(Pod pod, String type, String status) {
        if (pod.getStatus() == null) return Optional.empty();
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()) && status.equals(condition.getStatus()))
                .findFirst();
    }

    private static String text(PodCondition condition) {
        return Objects.requireNonNullElse(text(condition.getReason(), condition.getMessage()), condition.getType());
    }

    private static @Nullable String text(@Nullable String reason, @Nullable String message) {
        if (reason == null) return message;
        return message == null ? reason : reason + ": " + message;
    }
}
