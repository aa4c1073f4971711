package io.staithe.core.deployment;

import io.staithe.core.control.Reconciler;
import io.staithe.core.lifecycle.RolloutLifecycle;
import io.staithe.core.lifecycle.RolloutLifecycle.Event;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.Service;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        private final Rollout rollout;
        private final Plan.Builder plan = new Plan.Builder();

        Step(ClusterState state, Service service, Instant now) {
            this.state = state;
            this.service = service;
            this.now = now;
            this.tasks = state.tasksOf(service.id()).toList();
            this.rollout = service.isDaemon()
                    ? new DaemonRollout(state, service, tasks, now)
                    : new ReplicaRollout(state, service, tasks, now);
        }

        Plan plan() {
            Optional<Deployment> stored = state.deployment(service.deployment())
                    .filter(d -> d.incarnation().equals(service.incarnation()));
            Deployment primary = stored.orElseGet(this::begin);
            boolean allReplaced = replaceOlder(primary);
            Deployment after =
                    start(primary.but().desiredCount(rollout.desired()).build());
            stop();
            after = judge(after);
            if (stored.isEmpty()) plan.create(after);
            else if (!after.equals(primary))
                plan.update(state, after.but().updatedAt(now).build());
            if (service.status() == Service.Status.DRAINING && allReplaced) end();
            plan.wakeAt(rollout.wakeAt());
            // Decided on what the user wanted when this was planned: if that has changed, it is decided anew.
            if (!plan.isEmpty()) plan.guard(state, service.key());
            return plan.build();
        }

        private Deployment begin() {
            say(
                    "SERVICE_DEPLOYMENT_IN_PROGRESS",
                    "(deployment ecs-svc/" + service.deployment() + ") deployment in progress.");
            return Deployment.of(service, now)
                    .but()
                    .desiredCount(rollout.desired())
                    .build();
        }

        /** Whether no older deployment is left for the next step. */
        private boolean replaceOlder(Deployment primary) {
            List<Deployment> changed = state.deploymentsOf(service.id())
                    .filter(older -> !older.id().equals(primary.id()) && !older.equals(replaced(older)))
                    .toList();
            changed.stream()
                    .limit(MAX_DEPLOYMENTS_PER_PLAN)
                    .forEach(older -> plan.update(
                            state, replaced(older).but().updatedAt(now).build()));
            return changed.size() <= MAX_DEPLOYMENTS_PER_PLAN;
        }

        private Deployment replaced(Deployment older) {
            Deployment after = on(older, Event.REPLACED).but().desiredCount(0).build();
            return isEmptied(older) ? on(after, Event.EMPTIED) : after;
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

        private Deployment start(Deployment primary) {
            TaskDefinition definition =
                    state.taskDefinition(primary.revision().taskDefinition()).orElse(null);
            if (definition == null) return primary;
            Deployment after = primary;
            List<Task> started = new ArrayList<>();
            for (Rollout.Start start : rollout.toStart()) {
                if (started.size() == MAX_TASKS_PER_PLAN) break;
                Task task = Launch.task(service, after, definition, start, now);
                after = after.but()
                        .launched(after.launched() + 1)
                        .updatedAt(now)
                        .build();
                plan.create(task);
                started.add(task);
            }
            if (!started.isEmpty())
                say("SERVICE_TASKS_STARTED", "has started " + started.size() + " tasks: " + ids(started) + ".");
            return after;
        }

        private void stop() {
            List<Task> stop =
                    rollout.toStop().stream().limit(MAX_TASKS_PER_PLAN).toList();
            for (Task task : stop)
                plan.update(
                        state,
                        task.but()
                                .stop(StopCode.ServiceSchedulerInitiated, rollout.whyStop(task), now)
                                .build());
            if (!stop.isEmpty())
                say("SERVICE_TASKS_STOPPED", "has stopped " + stop.size() + " running tasks: " + ids(stop) + ".");
        }

        private Deployment judge(Deployment primary) {
            boolean steady = rollout.isSteady() && service.status() == Service.Status.ACTIVE;
            if (!steady)
                return hindered(
                        primary.steady()
                                ? primary.but().steady(false).updatedAt(now).build()
                                : primary);
            if (primary.steady()) return primary;
            if (primary.rolloutState() == RolloutState.IN_PROGRESS)
                say("SERVICE_DEPLOYMENT_COMPLETED", "(deployment ecs-svc/" + primary.id() + ") deployment completed.");
            say("SERVICE_STEADY_STATE", "has reached a steady state.");
            Deployment.Builder after = primary.but().steady(true).updatedAt(now);
            if (primary.rolloutState() != RolloutState.FAILED)
                after.rollout(
                        RolloutState.COMPLETED,
                        "ECS deployment ecs-svc/" + primary.id() + " completed.",
                        finishedAt(primary));
            return after.build();
        }

        /** Says once what it is hindered by. */
        private Deployment hindered(Deployment primary) {
            Obstacle obstacle = rollout.obstacle().orElse(null);
            if (obstacle == null || obstacle.reason().equals(primary.rolloutStateReason())) return primary;
            obstacle.messages().stream()
                    .filter(message -> !primary.rolloutStateReason().contains(message.about()))
                    .forEach(message -> say(obstacle.code(), message.text()));
            return primary.but()
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
            say("SERVICE_DELETED", "has been deleted.");
        }

        private void say(String code, String message) {
            plan.because(
                    new Reason(service.key(), service.id(), null, code, "(service " + service.name() + ") " + message));
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
