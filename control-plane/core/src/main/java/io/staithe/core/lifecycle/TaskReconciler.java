package io.staithe.core.lifecycle;

import io.staithe.core.control.Reconciler;
import io.staithe.core.lifecycle.TaskLifecycle.Event;
import io.staithe.core.metering.Metering;
import io.staithe.core.metering.Outbox;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Moves a task along {@link TaskLifecycle#TABLE} by what is true of it, and keeps its health up to date. */
public final class TaskReconciler implements Reconciler {
    /** Ends before beginnings: what is both running and lost is lost. */
    private static final List<Event> ORDER = List.of(
            Event.CONTAINERS_ENDED,
            Event.HOST_LOST,
            Event.ASKED_TO_STOP,
            Event.TARGETS_GONE,
            Event.PLACED,
            Event.CONTAINERS_RUN,
            Event.TARGETS_ADDED);

    @Override
    public String name() {
        return "task";
    }

    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        if (entity instanceof Task task) return Stream.of(task.key());
        if (entity instanceof TaskReport report) return Stream.of(Key.task(report.task()));
        if (entity instanceof TargetHealth health) return Stream.of(Key.task(health.task()));
        if (entity instanceof Deployment deployment) return waitingFor(deployment, state);
        if (entity instanceof ContainerInstance host) return hostChanged(host, state);
        if (entity instanceof AgentSession session) return sessionChanged(session, state);
        return Stream.empty();
    }

    /** Tasks whose containers run get no requests before their deployment has settled on its images. */
    private static Stream<Key> waitingFor(Deployment deployment, ClusterState state) {
        return state.tasksOf(deployment.service())
                .filter(task -> task.lastStatus() == LastStatus.PENDING
                        && deployment.id().equals(task.deployment()))
                .filter(task -> state.report(task.id())
                        .filter(report -> report.lastStatus() == ContainerReport.State.RUNNING)
                        .isPresent())
                .map(Task::key);
    }

    /** An edge host that comes or goes changes what all tasks with targets wait for. */
    private static Stream<Key> hostChanged(ContainerInstance host, ClusterState state) {
        Stream<Key> on =
                state.tasksOn(host.id()).filter(task -> !task.isStopped()).map(Task::key);
        if (!host.edge()) return on;
        return Stream.concat(
                on,
                state.all(Kind.TASK, Task.class)
                        .filter(task ->
                                !task.isStopped() && !task.loadBalancers().isEmpty())
                        .map(Task::key));
    }

    /** Who is back and not trusted yet is waited for too; when its session ends, nothing else tells. */
    private static Stream<Key> sessionChanged(AgentSession session, ClusterState state) {
        return state.instance(session.instance()).filter(host -> host.edge() && !host.isConnected()).stream()
                .flatMap(host -> hostChanged(host, state));
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        Task before = state.get(key, Task.class).orElse(null);
        if (before == null || before.isStopped()) return Plan.NOTHING;
        Facts facts = new Facts(state, before, now);
        Task after = withHealth(state, move(facts, before, now), facts, now);
        Plan.Builder plan = new Plan.Builder();
        if (!after.isStopped()) plan.wakeAt(wakeAt(state, after, facts, now));
        if (after.equals(before)) return plan.build();
        plan.update(state, after);
        TargetSayings.of(before, after).forEach(plan::because);
        if (after.isStopped()) {
            plan.because(stopped(after, facts.report));
            // What it has used is written for good: by its last report, should one arrive at this moment.
            plan.guard(state, Key.taskReport(after.id()));
            Metering.of(state, after, now).ifPresent(usage -> Outbox.put(state, usage, plan));
        }
        return plan.build();
    }

    private static Task move(Facts facts, Task before, Instant now) {
        Task task = before;
        for (int i = 0; i < LastStatus.values().length; i++) {
            Task from = task;
            Optional<Event> event = ORDER.stream()
                    .filter(e -> TaskLifecycle.TABLE.next(from.lastStatus(), e).isPresent())
                    .filter(e -> facts.holds(e, from))
                    .findFirst();
            if (event.isEmpty()) return task;
            LastStatus to =
                    TaskLifecycle.TABLE.next(from.lastStatus(), event.get()).orElseThrow();
            task = apply(facts, from, event.get(), to, now);
        }
        return task;
    }

    private static Task apply(Facts facts, Task from, Event event, LastStatus to, Instant now) {
        Task.Builder task = from.but().lastStatus(to);
        TaskReport report = facts.report;
        if (event == Event.CONTAINERS_RUN && report != null)
            task.startedAt(report.startedAt() == null ? now : report.startedAt());
        if (event == Event.CONTAINERS_ENDED && report != null) {
            StopCode code = report.stopCode() == null ? StopCode.EssentialContainerExited : report.stopCode();
            task.stop(code, report.reason() == null ? "Essential container in task exited" : report.reason(), now);
        }
        if (event == Event.HOST_LOST) task.stop(StopCode.TerminationNotice, facts.lossReason(), now);
        if (to == LastStatus.STOPPED) task.stoppedAt(now);
        return task.build();
    }

    private static Task withHealth(ClusterState state, Task task, Facts facts, Instant now) {
        if (task.isStopped())
            return task.but().healthySince(null).unhealthySince(null).build();
        Instant unhealthySince = facts.targets.failing(now) ? orElse(task.unhealthySince(), now) : null;
        Task marked = task.but().unhealthySince(unhealthySince).build();
        boolean healthy = marked.lastStatus() == LastStatus.RUNNING
                && TaskHealth.of(state, marked, now).verdict() == TaskHealth.Verdict.HEALTHY;
        return marked.but()
                .healthySince(healthy ? orElse(marked.healthySince(), now) : null)
                .build();
    }

    private static @Nullable Instant wakeAt(ClusterState state, Task task, Facts facts, Instant now) {
        Plan.Builder earliest = new Plan.Builder();
        facts.lostAt.ifPresent(earliest::wakeAt);
        earliest.wakeAt(facts.targets.edgeLostAt(now));
        if (task.lastStatus() == LastStatus.DEACTIVATING) earliest.wakeAt(new TaskTargets(state, task).drainedBy());
        if (task.isActive()) earliest.wakeAt(TaskHealth.of(state, task, now).decidesAt());
        return earliest.build().wakeAt();
    }

    private static Reason stopped(Task task, @Nullable TaskReport report) {
        String exits = report == null
                ? ""
                : report.containers().stream()
                        .filter(container -> container.exitCode() != null)
                        .map(container -> container.name() + " exited with " + container.exitCode()
                                + (container.reason() == null ? "" : ": " + container.reason()))
                        .collect(Collectors.joining(", ", " (", ")"));
        return new Reason(
                task.key(),
                task.service(),
                task.id(),
                "TASK_STOPPED",
                "task " + task.id() + " has stopped: " + task.stoppedReason() + (exits.equals(" ()") ? "" : exits));
    }

    private static Instant orElse(@Nullable Instant value, Instant otherwise) {
        return value == null ? otherwise : value;
    }

    /** What is true of a task right now. */
    private static final class Facts {
        private final ClusterState state;
        private final Instant now;
        private final @Nullable TaskReport report;
        private final TaskTargets targets;
        private final Optional<Instant> lostAt;
        private final boolean checksGateTraffic;

        Facts(ClusterState state, Task task, Instant now) {
            this.state = state;
            this.now = now;
            this.report = state.report(task.id()).orElse(null);
            this.targets = new TaskTargets(state, task);
            this.lostAt = HostLoss.lostAt(state, task);
            this.checksGateTraffic = !task.loadBalancers().isEmpty();
        }

        boolean holds(Event event, Task task) {
            return switch (event) {
                case PLACED -> task.instance() != null;
                case CONTAINERS_RUN ->
                    reported(ContainerReport.State.RUNNING) && (!checksGateTraffic || checksPass(task));
                case TARGETS_ADDED -> targets.added(now);
                case ASKED_TO_STOP -> task.desiredStatus() == DesiredStatus.STOPPED;
                case TARGETS_GONE -> new TaskTargets(state, task).gone(now);
                case CONTAINERS_ENDED -> reported(ContainerReport.State.STOPPED);
                case HOST_LOST -> lostAt.isPresent() && !now.isBefore(lostAt.get());
            };
        }

        String lossReason() {
            return "The host has been out of reach for too long, or was deregistered";
        }

        private boolean reported(ContainerReport.State status) {
            return report != null && report.lastStatus() == status;
        }

        private boolean checksPass(Task task) {
            return report != null && TaskHealth.mayHaveTargets(state, task, report);
        }
    }
}
