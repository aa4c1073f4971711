package io.staithe.core.deployment;

import io.staithe.core.capacity.ProviderChoice;
import io.staithe.core.job.Ending;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentFailure.Cause;
import io.staithe.core.model.HookRun;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleHook.Answer;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the hooks of a deployment's present stage, all at the same time, and sees how they end. */
final class Hooks {
    private final ClusterState state;
    private final Service service;
    private final Deployment deployment;
    private final Instant now;
    private final Plan.Builder plan;
    private final List<HookRun> runs = new ArrayList<>();
    private @Nullable Setback setback;
    private @Nullable Instant until;
    private final List<String> waitingFor = new ArrayList<>();

    /**
     * @param hooks their positions in the deployment configuration
     * @param plan takes what is to be started and stopped
     */
    Hooks(
            ClusterState state,
            Service service,
            Deployment deployment,
            List<Integer> hooks,
            Instant now,
            Plan.Builder plan) {
        this.state = state;
        this.service = service;
        this.deployment = deployment;
        this.now = now;
        this.plan = plan;
        hooks.forEach(this::advance);
    }

    /** How far each of them is. */
    List<HookRun> runs() {
        return runs;
    }

    /** What one of them has brought about. */
    Optional<Setback> setback() {
        return Optional.ofNullable(setback);
    }

    /** For people; empty when all are through. */
    String waitingFor() {
        return String.join(", ", waitingFor);
    }

    /** When the first of them is given up. */
    @Nullable
    Instant until() {
        return until;
    }

    private void advance(int position) {
        LifecycleHook hook = service.deploymentConfiguration().lifecycleHooks().get(position);
        HookRun run = deployment.hooks().stream()
                .filter(begun -> begun.hook() == position)
                .findFirst()
                .orElseGet(() -> new HookRun(position, null, now, null));
        HookRun after = run.answer() == null ? answer(hook, begun(hook, run)) : run;
        runs.add(after);
        if (after.answer() == null) {
            waitingFor.add(
                    hook.targetType() == LifecycleHook.Type.PAUSE
                            ? "somebody to continue it"
                            : "the task of hook " + name(hook));
            Instant end = end(hook, after);
            if (until == null || end.isBefore(until)) until = end;
        } else if (after.answer() == Answer.ROLLBACK && setback == null) {
            setback = Setback.of(Cause.LIFECYCLE_HOOK, why(hook, after), true);
        }
    }

    private HookRun begun(LifecycleHook hook, HookRun run) {
        if (hook.targetType() == LifecycleHook.Type.PAUSE || run.task() != null) return run;
        Optional<TaskDefinition> definition = state.taskDefinition(hook.requiredTaskDefinition());
        if (definition.isEmpty()) return run.answered(Answer.ROLLBACK);
        ServiceRevision revision = deployment.revision();
        String provider = ProviderChoice.of(
                state, service.cluster(), revision.launchType(), revision.capacityProviderStrategy(), none -> 0);
        Task task = Launch.hook(service, deployment, definition.get(), run.hook(), provider, now);
        plan.create(task);
        return new HookRun(run.hook(), task.id(), now, null);
    }

    private HookRun answer(LifecycleHook hook, HookRun run) {
        if (run.answer() != null) return run;
        Optional<Task> task = Optional.ofNullable(run.task()).flatMap(state::task);
        if (task.filter(Task::isStopped).isPresent())
            return run.answered(Ending.of(state, task.get()) == Ending.DONE ? Answer.CONTINUE : Answer.ROLLBACK);
        if (now.isBefore(end(hook, run))) return run;
        task.filter(Task::isActive)
                .ifPresent(late -> plan.update(
                        state,
                        late.but()
                                .stop(StopCode.ServiceSchedulerInitiated, "The time of the lifecycle hook is over", now)
                                .build()));
        return run.answered(hook.answerAtTimeout());
    }

    /** When a hook that was begun is given up. */
    static Instant end(LifecycleHook hook, HookRun run) {
        return run.startedAt().plus(Duration.ofMinutes(hook.timeoutMinutes()));
    }

    private String why(LifecycleHook hook, HookRun run) {
        String what = "lifecycle hook " + name(hook) + " of stage " + deployment.lifecycleStage();
        if (!now.isBefore(end(hook, run))) return what + " has not ended within " + hook.timeoutMinutes() + " minutes";
        if (hook.targetType() == LifecycleHook.Type.PAUSE) return what + " was answered with ROLLBACK";
        if (run.task() == null) return what + " cannot run: its task definition is gone";
        return what + " failed: "
                + state.task(run.task())
                        .map(task -> "task " + task.id() + ": " + Ending.why(state, task))
                        .orElse("its task is gone");
    }

    private static String name(LifecycleHook hook) {
        return Objects.toString(hook.taskDefinition(), "PAUSE");
    }
}
