package io.staithe.core.deployment;

import io.staithe.core.deployment.Waiting.For;
import io.staithe.core.lifecycle.TaskHealth;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.HookRun;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a service's present deployment stands, for whoever shows it: told by the very rules that {@link ServiceReconciler}
 * goes by.
 *
 * @param stages those that it goes through, in their order; empty: it has none
 * @param failsAt when it fails by {@link io.staithe.core.model.DeploymentDeadline} unless something happens; absent: never
 * @param desired how many tasks it is to have now
 * @param kept how many those before it keep for now
 * @param held its places that wait because their tasks failed
 */
public record Standing(
        List<LifecycleStage> stages,
        Waiting waiting,
        @Nullable Instant failsAt,
        int desired,
        int kept,
        List<HeldPlace> held) {
    /** @return also of a deployment that the control loop has not begun yet, as it would begin it now */
    public static Standing of(ClusterState state, Service service, Instant now) {
        return new Look(state, service, now).standing();
    }

    /** One look at one service. */
    private static final class Look {
        private final ClusterState state;
        private final Service service;
        private final Instant now;
        private final List<Task> tasks;
        private final Drafts drafts;
        private final Deployment primary;
        private final Stages stages;
        private final Rollout rollout;

        Look(ClusterState state, Service service, Instant now) {
            this.state = state;
            this.service = service;
            this.now = now;
            tasks = state.tasksOf(service.id()).toList();
            drafts = new Drafts(state, service);
            primary = drafts.get(service.deployment())
                    .orElseGet(() -> Beginning.begin(service, drafts, tasks, List.of(), now));
            stages = Course.stages(service, drafts, primary);
            rollout = Rollouts.of(state, service, primary, drafts, tasks, now);
        }

        Standing standing() {
            int kept = drafts.others(primary.id())
                    .mapToInt(other -> rollout.desired(other.id()))
                    .sum();
            return new Standing(
                    stages.all(),
                    waiting(),
                    Setback.wakeAt(service, primary),
                    rollout.desired(primary.id()),
                    kept,
                    rollout.held());
        }

        private Waiting waiting() {
            if (primary.rolloutState() == RolloutState.FAILED) return Waiting.of(For.A_DECISION, null);
            if (primary.rolloutState() == RolloutState.COMPLETED && primary.steady()) return Waiting.NOTHING;
            if (primary.paused()) return Waiting.of(For.A_USER, null);
            if (primary.lifecycleStage() == null) return rollout.isSteady() ? Waiting.NOTHING : onTasks();
            Stages.Outcome outcome = stages.outcome(new StoredFacts(primary, tasks, rollout), now);
            if (outcome.over()) return onHooks().orElse(Waiting.NOTHING);
            if (outcome.what() == For.HEALTHY_TASKS || outcome.what() == For.OLD_TASKS) return onTasks();
            if (outcome.what() == For.EARLIER_TASKS) return Waiting.tasks(For.EARLIER_TASKS, null, earlier(), 0, "");
            return Waiting.of(outcome.what(), outcome.until());
        }

        private Optional<Waiting> onHooks() {
            List<LifecycleHook> hooks = service.deploymentConfiguration().lifecycleHooks();
            return primary.hooks().stream()
                    .filter(run -> run.answer() == null && run.hook() < hooks.size())
                    .min(Comparator.comparing((HookRun run) -> Hooks.end(hooks.get(run.hook()), run)))
                    .map(run -> Waiting.hook(run, Hooks.end(hooks.get(run.hook()), run)));
        }

        private Waiting onTasks() {
            List<Task> own = tasks.stream()
                    .filter(task -> task.isActive() && primary.id().equals(task.deployment()))
                    .toList();
            int desired = rollout.desired(primary.id());
            int missing =
                    desired - (int) own.stream().filter(Verdicts::isHealthy).count();
            Obstacle obstacle = rollout.obstacle().orElse(null);
            if (obstacle != null)
                return Waiting.tasks(
                        obstacle.what(), obstacle.until(), Math.max(0, missing), desired, obstacle.cause());
            if (missing > 0) return Waiting.tasks(For.HEALTHY_TASKS, decidesAt(own), missing, desired, cause(own));
            return left() == 0 ? Waiting.NOTHING : Waiting.tasks(For.OLD_TASKS, null, left(), 0, "");
        }

        /** Tasks of other deployments that have not ended. */
        private int left() {
            return (int) tasks.stream()
                    .filter(task -> !task.isStopped() && !primary.id().equals(task.deployment()))
                    .count();
        }

        /** Tasks of deployments before its source. */
        private int earlier() {
            return (int) tasks.stream()
                    .filter(task -> task.isActive()
                            && !primary.id().equals(task.deployment())
                            && !Objects.equals(primary.source(), task.deployment()))
                    .count();
        }

        private @Nullable Instant decidesAt(List<Task> own) {
            return own.stream()
                    .filter(task -> !Verdicts.isHealthy(task))
                    .map(task -> TaskHealth.of(state, task, now).decidesAt())
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }

        private String cause(List<Task> own) {
            return own.stream()
                    .filter(task -> !Verdicts.isHealthy(task))
                    .map(task -> task.instance() == null && task.placement() != null
                            ? task.placement().summary()
                            : TaskHealth.of(state, task, now).cause())
                    .filter(cause -> !cause.isBlank())
                    .findFirst()
                    .orElse("");
        }
    }
}
