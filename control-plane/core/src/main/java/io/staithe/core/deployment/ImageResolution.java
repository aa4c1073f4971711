package io.staithe.core.deployment;

import io.staithe.core.image.VersionConsistency;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settles, once for each deployment, which images its tags stand for: what its oldest task has fetched. */
final class ImageResolution {
    private final ClusterState state;
    private final Drafts drafts;
    private final List<Task> tasks;
    private final Sayings sayings;

    /** @param tasks all stored tasks of the service */
    ImageResolution(ClusterState state, Drafts drafts, List<Task> tasks, Sayings sayings) {
        this.state = state;
        this.drafts = drafts;
        this.tasks = tasks;
        this.sayings = sayings;
    }

    void settle() {
        drafts.all().toList().forEach(this::settle);
    }

    private void settle(Deployment deployment) {
        TaskDefinition definition =
                state.taskDefinition(deployment.revision().taskDefinition()).orElse(null);
        Map<String, String> before = deployment.revision().imageDigests();
        if (definition == null || !VersionConsistency.isOpen(definition, before)) return;
        Map<String, String> after = VersionConsistency.settle(definition, before, reports(deployment));
        if (after.equals(before)) return;
        drafts.put(deployment
                .but()
                .revision(deployment.revision().but().imageDigests(after).build())
                .build());
        String images = after.entrySet().stream()
                .filter(settled -> !before.containsKey(settled.getKey()))
                .map(settled -> settled.getKey() + " " + settled.getValue())
                .collect(Collectors.joining(", "));
        sayings.say(
                "SERVICE_DEPLOYMENT_IMAGES_RESOLVED", sayings.about(deployment) + " runs the images " + images + ".");
    }

    /** Of its tasks that have fetched something from a registry. */
    private List<TaskReport> reports(Deployment deployment) {
        return tasks.stream()
                .filter(task -> task.isActive() && deployment.id().equals(task.deployment()))
                .filter(task -> fetched(task) != null)
                .sorted(Comparator.comparing(Task::createdAt).thenComparing(Task::id))
                .map(this::fetched)
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable TaskReport fetched(Task task) {
        return state.report(task.id())
                .filter(report -> report.containers().stream()
                        .map(ContainerReport::imageDigest)
                        .anyMatch(Objects::nonNull))
                .orElse(null);
    }
}
