package io.staithe.core.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentFailure.Cause;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.HookRun;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a service's primary deployment stands, and where it goes next: it heeds what users ask, what its configuration says
 * of failure, and its stages. It changes deployments alone; what that means for tasks is the {@link Rollout}'s.
 */
final class Course {
    private final ClusterState state;
    private final Service service;
    private final Drafts drafts;
    private final List<Task> tasks;
    private final Instant now;
    private final Plan.Builder plan;
    private final Sayings sayings;
    private @Nullable Setback setback;
    private @Nullable Instant until;

    Course(
            ClusterState state,
            Service service,
            Drafts drafts,
            List<Task> tasks,
            Instant now,
            Plan.Builder plan,
            Sayings sayings) {
        this.state = state;
        this.service = service;
        this.drafts = drafts;
        this.tasks = tasks;
        this.now = now;
        this.plan = plan;
        this.sayings = sayings;
    }

    /** The primary deployment as it goes on. */
    Deployment proceed(Deployment primary) {
        Deployment after = heeded(primary);
        if (setback == null) setback = Setback.of(state, service, after, now).orElse(null);
        if (setback == null && isMoving(after)) after = advanced(after);
        drafts.put(after);
        return after;
    }

    /** Why it has failed just now. */
    Optional<Setback> setback() {
        return Optional.ofNullable(setback);
    }

    /** When time alone ends the waiting. */
    @Nullable
    Instant until() {
        return until;
    }

    private boolean isMoving(Deployment primary) {
        return service.status() == Service.Status.ACTIVE
                && primary.isInProgress()
                && primary.lifecycleStage() != null
                && !primary.paused();
    }

    private Deployment heeded(Deployment primary) {
        DeploymentRequest request = service.deploymentRequest();
        if (request == null
                || !request.deployment().equals(primary.id())
                || request.requestedAt().equals(primary.answeredAt())) return primary;
        Deployment.Builder answered = primary.but().answeredAt(request.requestedAt());
        switch (request.action()) {
            case PAUSE -> {
                if (primary.isInProgress()) answered.paused(true);
            }
            case CONTINUE -> goOn(primary, answered);
            case ROLLBACK -> {
                if (primary.isInProgress()) setback = Setback.of(Cause.USER, "it was rolled back by a user", true);
            }
            case ABORT -> {
                if (primary.isInProgress()) setback = Setback.of(Cause.USER, "it was stopped by a user", false);
            }
        }
        return answered.build();
    }

    private void goOn(Deployment primary, Deployment.Builder answered) {
        boolean waited = primary.paused()
                || primary.hooks().stream().anyMatch(run -> run.answer() == null && run.task() == null);
        answered.paused(false).hooks(primary.hooks().stream().map(this::goOn).toList());
        if (primary.rolloutState() == RolloutState.FAILED) {
            if (primary.rollback() != null) return;
            answered.rollout(RolloutState.IN_PROGRESS, sayings.inProgress(primary), now)
                    .hooks(List.of());
            if (primary.lifecycleStage() != null) answered.stage(primary.lifecycleStage(), now);
        } else if (waited) return;
        // What failed is forgotten, so places that waited because of it start their tasks at once.
        answered.countedFrom(now);
        sayings.say("SERVICE_DEPLOYMENT_IN_PROGRESS", sayings.about(primary) + " deployment tries again.");
    }

    private HookRun goOn(HookRun run) {
        List<LifecycleHook> hooks = service.deploymentConfiguration().lifecycleHooks();
        boolean pauses = run.hook() < hooks.size() && hooks.get(run.hook()).targetType() == LifecycleHook.Type.PAUSE;
        return pauses && run.answer() == null ? run.answered(LifecycleHook.Answer.CONTINUE) : run;
    }

    private Deployment advanced(Deployment primary) {
        Stages stages = stages(service, drafts, primary);
        Rollout rollout = Rollouts.of(state, service, primary, drafts, tasks, now);
        Stages.Outcome outcome = stages.outcome(new StoredFacts(primary, tasks, rollout), now);
        if (outcome.weight() != null) return shifted(primary, outcome.weight());
        if (!outcome.over()) return waiting(primary, outcome.until());
        Hooks hooks = new Hooks(state, service, primary, stages.hooks(), now, plan);
        setback = hooks.setback().orElse(null);
        Deployment asked = primary.but().hooks(hooks.runs()).build();
        if (setback != null) return asked;
        if (!hooks.waitingFor().isEmpty()) {
            if (!asked.hooks().equals(primary.hooks()))
                sayings.say(
                        "SERVICE_DEPLOYMENT_LIFECYCLE_HOOK",
                        sayings.about(primary) + " waits in the stage " + stage(primary) + " for " + hooks.waitingFor()
                                + ".");
            return waiting(asked, hooks.until());
        }
        return entered(asked, stages.after(stage(primary)).orElse(null));
    }

    private Deployment waiting(Deployment primary, @Nullable Instant end) {
        until = end;
        return primary;
    }

    private Deployment shifted(Deployment primary, int weight) {
        if (primary.source() != null)
            drafts.get(primary.source())
                    .map(source ->
                            source.but().weight(Deployment.WHOLE - weight).build())
                    .ifPresent(drafts::put);
        sayings.say(
                "SERVICE_DEPLOYMENT_TRAFFIC_SHIFTED",
                sayings.about(primary) + " has " + weight / 10 + "." + weight % 10 + " % of the production traffic.");
        return primary.but().weight(weight).stage(stage(primary), now).build();
    }

    private Deployment entered(Deployment primary, @Nullable LifecycleStage next) {
        if (next == LifecycleStage.SCALE_UP || next == LifecycleStage.BAKE_TIME || next == LifecycleStage.CLEAN_UP)
            sayings.say(
                    "SERVICE_DEPLOYMENT_LIFECYCLE_STAGE",
                    sayings.about(primary) + " is in the stage " + next + " now.");
        return primary.but().stage(next, now).build();
    }

    private static LifecycleStage stage(Deployment primary) {
        return Objects.requireNonNull(primary.lifecycleStage());
    }

    /** The stages of a service's deployment, as it stands. */
    static Stages stages(Service service, Drafts drafts, Deployment deployment) {
        return new Stages(deployment, service.deploymentConfiguration(), isRestoring(drafts, deployment));
    }

    /** Whether a deployment has come back because the one that it takes the traffic from has failed. */
    static boolean isRestoring(Drafts drafts, Deployment deployment) {
        return deployment.source() != null
                && drafts.get(deployment.source())
                        .map(Deployment::rollback)
                        .filter(rollback -> rollback.to().equals(deployment.id()))
                        .isPresent();
    }
}
