package io.staithe.core.deployment;

import io.staithe.core.lifecycle.RolloutLifecycle;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** What happens when a deployment has failed: it stops where it is, or the last completed one comes back. */
final class Failing {
    private final ClusterState state;
    private final Service service;
    private final Drafts drafts;
    private final Instant now;
    private final Plan.Builder plan;
    private final Sayings sayings;

    Failing(ClusterState state, Service service, Drafts drafts, Instant now, Plan.Builder plan, Sayings sayings) {
        this.state = state;
        this.service = service;
        this.drafts = drafts;
        this.now = now;
        this.plan = plan;
        this.sayings = sayings;
    }

    void fail(Deployment primary, Setback setback) {
        sayings.say(
                "SERVICE_DEPLOYMENT_FAILED", sayings.about(primary) + " deployment failed: " + setback.reason() + ".");
        if (Course.isRestoring(drafts, primary) || isRestored(primary)) {
            stay(
                    primary,
                    setback,
                    "This was the rollback of another one: deploy a revision that works, or let it try again with ContinueServiceDeployment.");
            return;
        }
        Optional<Deployment> completed = setback.rollback() ? lastCompleted(primary) : Optional.empty();
        if (completed.isPresent()) comeBack(primary, setback, completed.get());
        else
            stay(
                    primary,
                    setback,
                    (setback.rollback() ? "There is no completed deployment to go back to: " : "")
                            + "Deploy another revision, or let it try again with ContinueServiceDeployment.");
    }

    private void stay(Deployment primary, Setback setback, String wayOut) {
        drafts.put(primary.but()
                .rollout(RolloutState.FAILED, reason(setback) + " " + wayOut, now)
                .failure(setback.failure())
                .steady(false)
                .paused(false)
                .build());
    }

    private void comeBack(Deployment primary, Setback setback, Deployment completed) {
        drafts.put(primary.but()
                .rollout(RolloutState.FAILED, reason(setback), now)
                .failure(setback.failure())
                .steady(false)
                .paused(false)
                .rollback(new Deployment.Rollback(completed.id(), setback.reason(), now))
                .build());
        Deployment.Builder back = completed
                .but()
                .status(RolloutLifecycle.TABLE
                        .next(completed.status(), RolloutLifecycle.Event.RESTORED)
                        .orElse(completed.status()))
                .rollout(
                        RolloutState.IN_PROGRESS,
                        setback.prefix() + "rolling back to deploymentId ecs-svc/" + completed.id() + ".",
                        now)
                .steady(false)
                .paused(false)
                .countedFrom(now)
                .ignoredAlarms(
                        Setback.ringing(state, service.deploymentConfiguration().alarms()));
        if (primary.alternate() == completed.alternate()) {
            back.stage(null, now).source(null).weight(Deployment.WHOLE);
            drafts.get(primary.id())
                    .map(failed -> failed.but().weight(0).build())
                    .ifPresent(drafts::put);
        } else {
            back.stage(LifecycleStage.SCALE_UP, now).source(primary.id());
        }
        drafts.put(back.build());
        // The images that it runs are its own: what the service asks for is as it was then.
        ServiceRevision asked =
                completed.revision().but().imageDigests(Map.of()).build();
        plan.update(
                state,
                service.but()
                        .deployment(completed.id(), asked, now, service.traceParent())
                        .build());
        sayings.say("SERVICE_DEPLOYMENT_ROLLBACK", "rolling back to " + sayings.about(completed) + ".");
    }

    /** It came back once already, on the side on which it was. */
    private boolean isRestored(Deployment primary) {
        return drafts.others(primary.id())
                .map(Deployment::rollback)
                .anyMatch(rollback -> rollback != null
                        && rollback.to().equals(primary.id())
                        && rollback.startedAt().equals(primary.countedFrom()));
    }

    private Optional<Deployment> lastCompleted(Deployment primary) {
        return drafts.others(primary.id())
                .filter(other -> other.rolloutState() == RolloutState.COMPLETED)
                .filter(other ->
                        state.taskDefinition(other.revision().taskDefinition()).isPresent())
                .max(Comparator.comparing(Deployment::createdAt).thenComparing(Deployment::id));
    }

    private static String reason(Setback setback) {
        return setback.prefix() + setback.reason() + ".";
    }
}
