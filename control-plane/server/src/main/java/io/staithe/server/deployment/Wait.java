package io.staithe.server.deployment;

import io.staithe.core.lifecycle.TaskHealth;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.HookRun;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.server.ecs.Deployments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment waits for.
 *
 * @param what absent: for nothing
 * @param until when time alone ends it; absent: it does not
 * @param wayOut what somebody can do; absent: nothing has to be done
 */
record Wait(
        @Nullable String what,
        @Nullable Instant until,
        @Nullable String wayOut) {
    private static final Wait NOTHING = new Wait(null, null, null);

    static Wait of(
            ClusterState state, Service service, Deployment primary, List<Task> own, List<Task> others, Instant now) {
        String name = service.id().value();
        if (primary.rolloutState() == RolloutState.FAILED)
            return new Wait(
                    null,
                    null,
                    "deploy another revision, go back with `staithe deploy rollback " + name
                            + " --to REV`, or let it try again with `staithe deploy continue " + name + "`");
        if (primary.rolloutState() == RolloutState.COMPLETED && primary.steady()) return NOTHING;
        if (primary.paused())
            return new Wait("somebody to continue it: it is paused", null, "`staithe deploy continue " + name + "`");
        Optional<Wait> hook = primary.hooks().stream()
                .filter(run -> run.answer() == null)
                .findFirst()
                .flatMap(run -> hook(service, primary, run));
        if (hook.isPresent()) return hook.get();
        if (primary.lifecycleStage() == LifecycleStage.BAKE_TIME)
            return time(
                    "its bake time to pass",
                    primary,
                    service.deploymentConfiguration().bakeMinutes());
        if (primary.lifecycleStage() == LifecycleStage.PRODUCTION_TRAFFIC_SHIFT && primary.weight() < Deployment.WHOLE)
            return time(
                    "the next step of its traffic",
                    primary,
                    service.deploymentConfiguration().stepBakeMinutes());
        return tasks(state, service, primary, own, others, now);
    }

    /** The ids of the hooks that wait for an answer, as ContinueServiceDeployment takes them. */
    static List<String> hooks(Deployment deployment) {
        return deployment.hooks().stream()
                .filter(run -> run.answer() == null && run.task() == null)
                .map(run -> deployment.lifecycleStage() + "-" + run.hook())
                .toList();
    }

    private static Optional<Wait> hook(Service service, Deployment primary, HookRun run) {
        List<LifecycleHook> hooks = service.deploymentConfiguration().lifecycleHooks();
        if (run.hook() >= hooks.size()) return Optional.empty();
        LifecycleHook hook = hooks.get(run.hook());
        Instant end = run.startedAt().plus(Duration.ofMinutes(hook.timeoutMinutes()));
        String stage = String.valueOf(primary.lifecycleStage());
        if (hook.targetType() == LifecycleHook.Type.TASK)
            return Optional.of(new Wait(
                    "task " + run.task() + " of the hook " + hook.taskDefinition() + " in stage " + stage, end, null));
        return Optional.of(new Wait(
                "somebody to answer the hook of stage " + stage + "; else it is answered with "
                        + hook.answerAtTimeout(),
                end,
                "`staithe deploy continue " + service.id() + "` or `staithe deploy rollback " + service.id() + "`"));
    }

    private static Wait time(String what, Deployment primary, int minutes) {
        Instant since = primary.stageAt();
        return new Wait(what, since == null ? null : since.plus(Duration.ofMinutes(minutes)), null);
    }

    private static Wait tasks(
            ClusterState state, Service service, Deployment primary, List<Task> own, List<Task> others, Instant now) {
        int desired = Deployments.desiredCount(state, service);
        List<Task> active = own.stream().filter(Task::isActive).toList();
        long healthy =
                active.stream().filter(task -> task.healthySince() != null).count();
        if (healthy < desired) {
            Instant retry = WaitingSlots.of(own, primary.countsFrom(), now).stream()
                    .map(DeploymentProgress.WaitingSlot::until)
                    .min(Instant::compareTo)
                    .orElse(null);
            String missing = (desired - healthy) + " of " + desired + " tasks to become healthy";
            if (active.size() < desired && retry != null)
                return new Wait(missing + "; they failed and wait before they try again", retry, null);
            return new Wait(missing + cause(state, active, now), null, null);
        }
        long left = others.stream().filter(task -> !task.isStopped()).count();
        return left == 0 ? NOTHING : new Wait(left + " old tasks to end", null, null);
    }

    private static String cause(ClusterState state, List<Task> active, Instant now) {
        return active.stream()
                .filter(task -> task.healthySince() == null)
                .map(task -> task.instance() == null && task.placement() != null
                        ? task.placement().summary()
                        : TaskHealth.of(state, task, now).cause())
                .filter(cause -> !cause.isBlank())
                .findFirst()
                .map(cause -> ": " + cause)
                .orElse("");
    }
}
