package io.staithe.core.deployment;

import io.staithe.core.capacity.ProviderChoice;
import io.staithe.core.control.Reconciler;
import io.staithe.core.lifecycle.RolloutLifecycle;
import io.staithe.core.lifecycle.RolloutLifecycle.Event;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a service at what it wants: makes the deployment that was asked for, starts and stops tasks as far as its
 * configuration allows, and says when it has arrived. One call makes one bounded step; its own writes bring it back for
 * the next.
 */
public final class ServiceReconciler implements Reconciler {
    /** Tasks started in one plan, and tasks stopped: with their placements they fit a commit. */
    private static final int MAX_TASKS_PER_PLAN = 40;

    /** Older deployments changed in one plan: beside its tasks they fit a commit. */
    private static final int MAX_DEPLOYMENTS_PER_PLAN = 20;

    private static final int MAX_IDS_IN_MESSAGE = 10;

    @Override
    public String name() {
        return "service";
    }

    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        return Concerned.services(entity, state).map(Key::service);
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        Service service = state.get(key, Service.class).orElse(null);
        if (service == null || service.status() == Service.Status.INACTIVE) return Plan.NOTHING;
        return new Step(state, service, now).plan();
    }

    /** One step of one service. */
    private static final class Step {
        private final ClusterState state;
        private final Service service;
        private final Instant now;
        private final List<Task> tasks;
        private final Drafts drafts;
        private final Plan.Builder plan = new Plan.Builder();
        private final Sayings sayings;

        Step(ClusterState state, Service service, Instant now) {
            this.state = state;
            this.service = service;
            this.now = now;
            this.tasks = state.tasksOf(service.id()).toList();
            this.drafts = new Drafts(state, service);
            this.sayings = new Sayings(service, plan);
        }

        Plan plan() {
            Deployment primary = drafts.get(service.deployment()).orElseGet(this::begin);
            new ImageResolution(state, drafts, tasks, sayings).settle();
            Course course = new Course(state, service, drafts, tasks, now, plan, sayings);
            Deployment after =
                    course.proceed(FailedTasks.count(drafts.get(primary.id()).orElseThrow(), service, tasks));
            if (course.setback().isPresent())
                new Failing(state, service, drafts, now, plan, sayings)
                        .fail(after, course.setback().get());
            else if (after.lifecycleStage() == primary.lifecycleStage() && after.weight() == primary.weight())
                work(after);
            // Else it is somewhere else now: what that means for its tasks is seen when it is written.
            plan.wakeAt(course.until());
            plan.wakeAt(Setback.wakeAt(service, after));
            drafts.write(plan, state, now);
            // Decided on what the user wanted when this was planned: if that has changed, it is decided anew.
            if (!plan.isEmpty()) plan.guard(state, service.key());
            return plan.build();
        }

        private Deployment begin() {
            List<String> ringing =
                    Setback.ringing(state, service.deploymentConfiguration().alarms());
            Deployment begun = Beginning.begin(service, drafts, tasks, ringing, now);
            sayings.say("SERVICE_DEPLOYMENT_IN_PROGRESS", sayings.about(begun) + " deployment in progress.");
            return begun;
        }

        private void work(Deployment primary) {
            Rollout rollout = Rollouts.of(state, service, primary, drafts, tasks, now);
            drafts.put(primary.but().desiredCount(rollout.desired(primary.id())).build());
            boolean allReplaced = replaceOlder(primary, rollout);
            start(rollout);
            stop(rollout);
            judge(rollout);
            if (service.status() == Service.Status.DRAINING && allReplaced) end();
            plan.wakeAt(rollout.wakeAt());
        }

        /** Whether no older deployment is left for the next step, those of earlier incarnations included. */
        private boolean replaceOlder(Deployment primary, Rollout rollout) {
            List<Deployment> changed = state.deploymentsOf(service.id())
                    .map(stored -> drafts.get(stored.id()).orElse(stored))
                    .filter(older -> !older.id().equals(primary.id()))
                    .filter(older -> !older.equals(replaced(older, primary, rollout)))
                    .toList();
            changed.stream().limit(MAX_DEPLOYMENTS_PER_PLAN).forEach(older -> put(replaced(older, primary, rollout)));
            return changed.size() <= MAX_DEPLOYMENTS_PER_PLAN;
        }

        private void put(Deployment older) {
            if (drafts.isStored(older.id())) drafts.put(older);
            else plan.update(state, older.but().updatedAt(now).build());
        }

        private Deployment replaced(Deployment older, Deployment primary, Rollout rollout) {
            int kept = rollout.desired(older.id());
            Deployment after =
                    on(older, Event.REPLACED).but().desiredCount(kept).build();
            boolean serves = primary.lifecycleStage() != null && older.id().equals(primary.source());
            if (!serves) after = after.but().weight(0).build();
            return kept == 0 && isEmptied(older) ? on(after, Event.EMPTIED) : after;
        }

        private static Deployment on(Deployment deployment, Event event) {
            return RolloutLifecycle.TABLE
                    .next(deployment.status(), event)
                    .map(to -> deployment.but().status(to).build())
                    .orElse(deployment);
        }

        private boolean isEmptied(Deployment deployment) {
            return tasks.stream().noneMatch(task -> deployment.id().equals(task.deployment()) && !task.isStopped());
        }

        private void start(Rollout rollout) {
            List<Task> started = new ArrayList<>();
            for (Rollout.Start start : rollout.toStart()) {
                if (started.size() == MAX_TASKS_PER_PLAN) break;
                Deployment deployment = drafts.get(start.deployment()).orElseThrow();
                TaskDefinition definition = state.taskDefinition(
                                deployment.revision().taskDefinition())
                        .orElse(null);
                if (definition == null) continue;
                Task task =
                        Launch.task(service, deployment, definition, start, provider(deployment, start, started), now);
                drafts.put(deployment.but().launched(deployment.launched() + 1).build());
                plan.create(task);
                started.add(task);
            }
            if (!started.isEmpty())
                sayings.say("SERVICE_TASKS_STARTED", "has started " + started.size() + " tasks: " + ids(started) + ".");
        }

        /** A task that takes another's place counts for it: the split stays as it was. */
        private @Nullable String provider(Deployment deployment, Rollout.Start start, List<Task> started) {
            if (start.host() != null) return null;
            ServiceRevision revision = deployment.revision();
            return ProviderChoice.of(
                    state,
                    service.cluster(),
                    revision.launchType(),
                    revision.capacityProviderStrategy(),
                    provider -> (int) Stream.concat(tasks.stream(), started.stream())
                            .filter(task -> task.isActive()
                                    && deployment.id().equals(task.deployment())
                                    && !Objects.equals(start.slot(), task.slot())
                                    && provider.equals(task.capacityProvider()))
                            .count());
        }

        private void stop(Rollout rollout) {
            List<Task> stop =
                    rollout.toStop().stream().limit(MAX_TASKS_PER_PLAN).toList();
            for (Task task : stop)
                plan.update(
                        state,
                        task.but()
                                .stop(StopCode.ServiceSchedulerInitiated, rollout.whyStop(task), now)
                                .build());
            if (!stop.isEmpty())
                sayings.say(
                        "SERVICE_TASKS_STOPPED", "has stopped " + stop.size() + " running tasks: " + ids(stop) + ".");
        }

        private void judge(Rollout rollout) {
            Deployment primary = drafts.get(service.deployment()).orElseThrow();
            drafts.put(isThrough(primary) && rollout.isSteady() ? arrived(primary) : hindered(primary, rollout));
        }

        private boolean isThrough(Deployment primary) {
            return service.status() == Service.Status.ACTIVE
                    && primary.lifecycleStage() == null
                    && !primary.paused()
                    && primary.rolloutState() != RolloutState.FAILED;
        }

        private Deployment arrived(Deployment primary) {
            if (primary.steady()) return primary;
            if (primary.isInProgress())
                sayings.say("SERVICE_DEPLOYMENT_COMPLETED", sayings.about(primary) + " deployment completed.");
            sayings.say("SERVICE_STEADY_STATE", "has reached a steady state.");
            return primary.but()
                    .steady(true)
                    .rollout(
                            RolloutState.COMPLETED,
                            "ECS deployment ecs-svc/" + primary.id() + " completed.",
                            finishedAt(primary))
                    .build();
        }

        /** Says once what it is hindered by. */
        private Deployment hindered(Deployment primary, Rollout rollout) {
            Deployment unsteady = primary.but().steady(false).build();
            Obstacle obstacle = primary.paused() ? null : rollout.obstacle().orElse(null);
            if (obstacle == null
                    || primary.rolloutState() == RolloutState.FAILED
                    || obstacle.reason().equals(primary.rolloutStateReason())) return unsteady;
            obstacle.messages().stream()
                    .filter(message -> !primary.rolloutStateReason().contains(message.about()))
                    .forEach(message -> sayings.say(obstacle.code(), message.text()));
            return unsteady.but()
                    .rollout(primary.rolloutState(), obstacle.reason(), finishedAt(primary))
                    .build();
        }

        private Instant finishedAt(Deployment deployment) {
            return deployment.finishedAt() == null ? now : deployment.finishedAt();
        }

        /** A draining service ends when its last task has. */
        private void end() {
            if (tasks.stream().anyMatch(task -> !task.isStopped())) return;
            plan.update(state, service.but().status(Service.Status.INACTIVE).build());
            sayings.say("SERVICE_DELETED", "has been deleted.");
        }

        private static String ids(List<Task> tasks) {
            String ids = tasks.stream()
                    .limit(MAX_IDS_IN_MESSAGE)
                    .map(task -> "(task " + task.id() + ")")
                    .collect(Collectors.joining(" "));
            return tasks.size() > MAX_IDS_IN_MESSAGE ? ids + " and more" : ids;
        }
    }
}
