package io.staithe.simulation;

import io.staithe.agent.container.Container;
import io.staithe.core.lifecycle.TaskHealth;
import io.staithe.core.lifecycle.TaskHealth.Verdict;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.Leader;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Service;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The invariants that exist by now, checked at every commit, at every action of an agent and once a virtual second.
 * Safety only; that everything comes right in the end is {@link Convergence}'s.
 */
final class Checkers {
    /** A container without a live task may take this long to go. */
    private static final Duration ORPHAN_TOLERANCE = Duration.ofSeconds(60);

    /** How far behind the loop may be: views that are lost are opened again within it. */
    private static final Duration VIEW_LAG = Duration.ofSeconds(3);

    private final FaultyStore store;
    private final Network network;
    private final Timeline timeline;
    private final TrafficCheckers traffic;
    private final MoveCheckers moves;
    private final JobCheckers jobs;
    private final UsageCheckers usage = new UsageCheckers();
    private final Map<String, Instant> orphanSince = new TreeMap<>();
    private final Set<String> startedContainers = new HashSet<>();
    private ClusterState before = ClusterState.EMPTY;

    Checkers(FaultyStore store, Network network, Timeline timeline) {
        this.store = store;
        this.network = network;
        this.timeline = timeline;
        traffic = new TrafficCheckers(store, network, timeline);
        moves = new MoveCheckers(timeline);
        jobs = new JobCheckers(timeline);
    }

    void watch() {
        before = store.state();
        store.memory.open(this::committed);
        network.watch(new StopOrderCheckers(store, network, timeline, traffic));
    }

    private void committed(Event event) {
        if (!(event instanceof Event.Changed changed)) return;
        ClusterState after = before.apply(changed);
        for (Event.Update update : changed.updates()) {
            Task was = before.get(update.key())
                    .filter(Task.class::isInstance)
                    .map(Task.class::cast)
                    .orElse(null);
            if (was != null && update.entity() instanceof Task is) movesForward(was, is);
            if (was != null && update.entity() instanceof Task is) moves.isAllowed(before, after, was, is);
            if (was == null && update.entity() instanceof Task created) staysUnderTheMaximum(after, created);
            if (update.entity() instanceof Task task && task.holdsResources()) fits(after, task);
            if (was != null && update.entity() instanceof Task is) stopsForAHigherPriority(after, was, is);
            traffic.keepsWhatEdgesSaid(before, after, update);
            jobs.committed(before, after, update);
            usage.committed(before, after, update);
            if (update.entity() instanceof Deployment deployment)
                StageCheckers.shiftsToTheHealthy(before, after, deployment);
        }
        keepsTheMinimumHealthy(after, changed);
        before = after;
    }

    /** In the end everything that was used is written, once. */
    Optional<String> firstDifference() {
        return usage.firstDifference(store.state());
    }

    /** States only move forward, a task belongs to one host for ever, and what is to stop stays so. */
    private static void movesForward(Task was, Task is) {
        if (is.lastStatus().isBefore(was.lastStatus()))
            throw new Violation(
                    "states only move forward", was.id() + " from " + was.lastStatus() + " to " + is.lastStatus());
        if (was.instance() != null && !was.instance().equals(is.instance()))
            throw new Violation("one host for ever", was.id() + " from " + was.instance() + " to " + is.instance());
        if (was.desiredStatus() == DesiredStatus.STOPPED && is.desiredStatus() == DesiredStatus.RUNNING)
            throw new Violation("stopped stays stopped", was.id() + " is wanted again");
    }

    /** Nobody is stopped for a task of the same or a lower priority, and nobody who is protected. */
    private void stopsForAHigherPriority(ClusterState state, Task was, Task is) {
        if (!is.isPreempted() || was.isPreempted()) return;
        boolean nominated = state.waitingTasks(is.cluster()).stream()
                .filter(task -> task.policy().priority() > is.policy().priority())
                .anyMatch(task -> Objects.equals(task.nominatedInstance(), is.instance()));
        if (!nominated || was.isProtectedAt(timeline.now()))
            throw new Violation("makes room for a higher priority alone", is.id() + ": " + is.stoppedReason());
    }

    private static void staysUnderTheMaximum(ClusterState state, Task created) {
        Service service = created.service() == null
                ? null
                : state.service(created.service()).orElse(null);
        if (service == null) return;
        if (service.isDaemon()) {
            DaemonCheckers.isAloneOnItsHost(state, created);
            return;
        }
        int desired = service.desiredCount();
        int maximum = Math.max(desired, service.deploymentConfiguration().maximum(desired));
        long active = StageCheckers.countedWith(state, service, created)
                .filter(Task::isActive)
                .count();
        if (active > maximum)
            throw new Violation("at most the maximum percent", service.name() + " has " + active + " of " + maximum);
    }

    /** No host is over-committed, and no host port is promised twice. */
    private static void fits(ClusterState state, Task placed) {
        if (placed.instance() == null) return;
        ContainerInstance host = state.instance(placed.instance()).orElse(null);
        if (host == null) return;
        Resources left = host.registered();
        Set<HostPort> ports = new HashSet<>();
        for (Task task : state.tasksOn(host.id()).filter(Task::holdsResources).toList()) {
            left = left.minus(task.reserved());
            for (HostPort port : task.hostPorts())
                if (!ports.add(port)) throw new Violation("ports are unique", host.hostName() + " " + port);
        }
        if (!Resources.NONE.fitsIn(left))
            throw new Violation("no host is over-committed", host.hostName() + " " + left);
    }

    /** What the scheduler stops by itself leaves at least the minimum healthy. */
    private void keepsTheMinimumHealthy(ClusterState after, Event.Changed changed) {
        for (Event.Update update : changed.updates()) {
            if (!(update.entity() instanceof Task task) || task.service() == null) continue;
            boolean stoppedByUs = task.stopCode() == StopCode.ServiceSchedulerInitiated
                    && !isPastItsHostsDeadline(task)
                    && before.task(task.id())
                            .filter(was -> was.isActive() && was.healthySince() != null)
                            // One of which hosts had said that it is ill did not count when it was stopped.
                            .filter(was ->
                                    TaskHealth.of(after, was, timeline.now()).verdict() == Verdict.HEALTHY)
                            .isPresent();
            Service service = after.service(task.service()).orElse(null);
            if (!stoppedByUs || service == null || service.status() != Service.Status.ACTIVE) continue;
            long healthy = after.tasksOf(service.id())
                    .filter(t -> t.isActive() && (t.healthySince() != null || wasHealthy(t)))
                    .count();
            int minimum = service.deploymentConfiguration().minimumHealthy(service.desiredCount());
            // Tasks that ended in the same commit were not stopped by us.
            long ended = changed.updates().stream()
                    .filter(u -> u.entity() instanceof Task t
                            && t.isStopped()
                            && service.id().equals(t.service()))
                    .count();
            // Nor were those that the user stopped a moment ago, of which the loop learns a moment later, a higher
            // priority, or the deadline of a draining host.
            long takenByOthers = after.tasksOf(service.id())
                    .filter(this::justStoppedForOthers)
                    .count();
            if (healthy + ended + takenByOthers < minimum)
                throw new Violation(
                        "at least the minimum healthy", service.name() + " has " + healthy + " of " + minimum);
        }
    }

    /** Whatever the minimum: its host is about to end. */
    private static boolean isPastItsHostsDeadline(Task task) {
        return task.stoppedReason() != null
                && task.stoppedReason().startsWith("The host of this task is draining, and");
    }

    /** Health that was lost in the same commit is a fact that came in, not something that we did. */
    private boolean wasHealthy(Task task) {
        return before.task(task.id())
                .filter(was -> was.isActive() && was.healthySince() != null)
                .isPresent();
    }

    private boolean justStoppedForOthers(Task task) {
        return (task.stopCode() == StopCode.UserInitiated || task.isPreempted() || isPastItsHostsDeadline(task))
                && task.stoppingAt() != null
                && task.stoppingAt().plus(VIEW_LAG).isAfter(timeline.now());
    }

    /** Once a virtual second: what really runs, against what should. */
    void look() {
        Set<String> alive = new HashSet<>();
        for (Host host : network.hosts) {
            List<Container> containers = host.containers();
            ImageCheckers.runsWhatIsSettled(store.state(), containers);
            for (Container container : containers) {
                startsOnce(host, container);
                if (!container.isAlive()) continue;
                if (!alive.add(container.task() + "/" + container.name()))
                    throw new Violation("one live copy of a task", container.task() + " " + container.name());
                isWanted(host, container);
            }
        }
        orphanSince.keySet().removeIf(id -> !alive.contains(id));
        onlyTheLeaderLeads();
        traffic.look();
    }

    /** A task's container is started by one host, once: a second start would be a second container or a second host. */
    private void startsOnce(Host host, Container container) {
        if (container.startedAt() == null || container.isNetworkHolder()) return;
        String started = container.task() + "/" + container.name();
        String where = host.name + "/" + container.id() + "@" + container.startedAt();
        if (startedContainers.contains(where)) return;
        if (!startedContainers.add(started) && !startedContainers.contains(where))
            throw new Violation("a task is started at most once", started + " again on " + host.name);
        startedContainers.add(where);
    }

    private void isWanted(Host host, Container container) {
        String id = container.task() + "/" + container.name();
        boolean wanted = store.state()
                .task(container.task())
                .filter(task -> !task.isStopped())
                .isPresent();
        boolean canKnow = host.isConnected() && !host.engine.faults().isAway() && !host.hesitates();
        if (wanted || !canKnow) {
            orphanSince.remove(id);
            return;
        }
        Instant since = orphanSince.computeIfAbsent(id, first -> timeline.now());
        if (since.plus(ORPHAN_TOLERANCE).isBefore(timeline.now()))
            throw new Violation("no container without a live task", id + " on " + host.name + " since " + since);
    }

    private void onlyTheLeaderLeads() {
        List<String> claiming = network.controlPlanes.stream()
                .filter(ControlPlane::accepts)
                .filter(ControlPlane::leads)
                .map(ControlPlane::name)
                .toList();
        String holder =
                store.state().get(Leader.KEY, Leader.class).map(Leader::holder).orElse("");
        if (claiming.size() > 2 && !claiming.contains(holder))
            throw new Violation("only the fenced leader commits", claiming + " while " + holder + " leads");
    }
}
