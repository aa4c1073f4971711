package io.staithe.core.gateway;

import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.HostAssignment;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One agent's session: what it has said and is not stored yet, and what it has been sent. */
final class Connection {
    /** An agent that reads so slowly is told more cheaply by a comparison of everything. */
    private static final int MAX_CONCERNED = 10_000;

    final long session;
    final Hello hello;
    Instant lastHeardAt;
    boolean runtimeHealthy = true;
    /** Registered and welcomed. */
    boolean admitted;
    /** What the agent was last brought to. Absent: nothing was sent yet, so everything will be. */
    private @Nullable ClusterState sentFor;

    /** Sources of items that may have changed since; absent: any may have. */
    private @Nullable Set<Key> concerned;

    private final Map<TaskId, TaskReport> tasks = new TreeMap<>();
    private final Map<String, TargetHealth> targets = new TreeMap<>();
    private final Set<String> removedTargets = new TreeSet<>();

    Connection(long session, Hello hello, Instant now) {
        this.session = session;
        this.hello = hello;
        this.lastHeardAt = now;
    }

    InstanceId instance() {
        return hello.instance();
    }

    /** Takes in what the agent says; an agent can only speak for itself. */
    void heard(Reports reports, ClusterState state) {
        for (TaskReport report : reports.tasks())
            if (report.instance().equals(instance()) && report.incarnation() == hello.incarnation())
                tasks.merge(report.task(), report, (known, next) -> next.supersedes(known) ? next : known);
        if (!hello.edge()) return;
        Set<String> listed = new TreeSet<>();
        for (TargetHealth health : reports.targets()) {
            if (!health.edge().equals(instance())) continue;
            listed.add(health.target());
            targets.put(health.target(), health);
            removedTargets.remove(health.target());
        }
        if (reports.full())
            known(state).filter(target -> !listed.contains(target)).forEach(this::removed);
        reports.removedTargets().forEach(this::removed);
    }

    /** Targets that are stored, and those that are on their way to the store. */
    private Stream<String> known(ClusterState state) {
        return Stream.concat(
                state.targetHealthFrom(instance()).map(TargetHealth::target), List.copyOf(targets.keySet()).stream());
    }

    private void removed(String target) {
        targets.remove(target);
        removedTargets.add(target);
    }

    /** Writes what was heard and is news, as far as {@code plan} has room; forgets what is not news. */
    void store(ClusterState state, Plan.Builder plan, int maxOperations) {
        tasks.values().removeIf(report -> !isNews(state, report));
        targets.values()
                .removeIf(health -> state.task(health.task()).isEmpty()
                        || state.get(health.key()).filter(health::equals).isPresent());
        removedTargets.removeIf(target -> state.get(targetKey(target)).isEmpty());
        for (TaskReport report : tasks.values()) if (plan.size() < maxOperations) plan.update(state, report);
        for (TargetHealth health : targets.values()) if (plan.size() < maxOperations) plan.update(state, health);
        for (String target : removedTargets) if (plan.size() < maxOperations) plan.delete(state, targetKey(target));
    }

    boolean hasNews() {
        return !tasks.isEmpty() || !targets.isEmpty() || !removedTargets.isEmpty();
    }

    private boolean isNews(ClusterState state, TaskReport report) {
        boolean ours = state.task(report.task())
                .filter(task -> instance().equals(task.instance()))
                .isPresent();
        return ours && report.supersedes(state.report(report.task()).orElse(null));
    }

    private Key targetKey(String target) {
        return new Key(Kind.TARGET_HEALTH, target + "/" + instance().value());
    }

    /** This item may have changed for this host. */
    void concern(Key source) {
        if (concerned == null) return;
        if (concerned.size() < MAX_CONCERNED) concerned.add(source);
        else concernAll();
    }

    /** Anything may have changed: events were missed, or there were too many to remember. */
    void concernAll() {
        concerned = null;
    }

    /** What to send so that the agent does what {@code state} asks of its host; empty when nothing has changed for it. */
    Optional<Assignment.Delta> bringTo(ClusterState state, ContainerInstance host) {
        ClusterState before = sentFor;
        Set<Key> sources = concerned;
        sentFor = state;
        concerned = new TreeSet<>();
        if (before == null) return Optional.of(HostAssignment.of(state, host).whole());
        if (before == state || (sources != null && sources.isEmpty())) return Optional.empty();
        Assignment.Delta delta = sources == null
                ? HostAssignment.of(state, host).since(HostAssignment.of(before, host))
                : HostAssignment.change(before, state, host, sources);
        return Optional.of(delta).filter(change -> !change.isEmpty());
    }
}
