package io.staithe.core.image;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.ImageName;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * ECS's software version consistency ({@code versionConsistency} of a container): the digest that the first task of a deployment
 * finds under a tag is the image of all. Images without a digest, which no registry knows, are left alone. Digests are given
 * by the containers' names.
 */
public final class VersionConsistency {
    private VersionConsistency() {}

    /** What is settled for the tasks of this one's deployment; nothing for a task without deployment. */
    public static Map<String, String> settledFor(ClusterState state, Task task) {
        if (task.deployment() == null) return Map.of();
        return state.deployment(task.deployment())
                .map(deployment -> deployment.revision().imageDigests())
                .orElse(Map.of());
    }

    /** Whether there may be something left to settle: no need to look at reports otherwise. */
    public static boolean isOpen(TaskDefinition definition, Map<String, String> settled) {
        return open(definition, settled).findAny().isPresent();
    }

    /**
     * What is settled after these reports.
     *
     * @param reports of the deployment's tasks; those that come first decide
     */
    public static Map<String, String> settle(
            TaskDefinition definition, Map<String, String> settled, List<TaskReport> reports) {
        Map<String, String> all = new TreeMap<>(settled);
        for (TaskReport report : reports)
            open(definition, all).toList().forEach(container -> digest(container, report)
                    .ifPresent(digest -> all.put(container.name(), digest)));
        return all;
    }

    /** The definition as a deployment's tasks run it: what is settled is named by its digest. */
    public static TaskDefinition pinned(TaskDefinition definition, Map<String, String> settled) {
        if (settled.isEmpty()) return definition;
        return definition.withContainers(definition.containerDefinitions().stream()
                .map(container -> pinned(container, settled))
                .toList());
    }

    private static ContainerDefinition pinned(ContainerDefinition container, Map<String, String> settled) {
        String digest = settled.get(container.name());
        return digest == null || !container.isResolvedOnce() || !ImageName.allows(container.image(), digest)
                ? container
                : container.but().image(ImageName.at(container.image(), digest)).build();
    }

    /** Why the task must not go on, for people: it has fetched another image than its deployment has settled on. */
    public static Optional<String> deviation(ClusterState state, Task task, TaskReport report) {
        Map<String, String> settled = settledFor(state, task);
        if (settled.isEmpty()) return Optional.empty();
        return report.containers().stream()
                .filter(container -> differs(container, settled))
                .findFirst()
                .map(container -> "The image of container " + container.name() + " is " + container.imageDigest()
                        + ", and all tasks of deployment ecs-svc/" + task.deployment() + " run "
                        + settled.get(container.name()));
    }

    private static boolean differs(ContainerReport container, Map<String, String> settled) {
        String digest = settled.get(container.name());
        return digest != null && container.imageDigest() != null && !digest.equals(container.imageDigest());
    }

    /** Whether all that the task has fetched is what its deployment has settled on. Until then it gets no requests. */
    public static boolean isSettled(ClusterState state, Task task, TaskReport report) {
        Optional<Deployment> deployment = Optional.ofNullable(task.deployment()).flatMap(state::deployment);
        Optional<TaskDefinition> definition = state.taskDefinition(task.taskDefinition());
        if (deployment.isEmpty() || definition.isEmpty()) return true;
        Map<String, String> settled = deployment.get().revision().imageDigests();
        boolean waits = open(definition.get(), settled)
                .anyMatch(container -> digest(container, report).isPresent());
        return !waits && deviation(state, task, report).isEmpty();
    }

    private static Stream<ContainerDefinition> open(TaskDefinition definition, Map<String, String> settled) {
        return definition.containerDefinitions().stream()
                .filter(container -> container.isResolvedOnce() && !settled.containsKey(container.name()));
    }

    /** The digest of what the task has fetched for the container, where it can be asked for. */
    private static Optional<String> digest(ContainerDefinition container, TaskReport report) {
        return report.container(container.name())
                .map(ContainerReport::imageDigest)
                .filter(digest -> ImageName.allows(container.image(), digest));
    }
}
