package io.staithe.core.instance;

import io.staithe.core.control.Reconciler;
import io.staithe.core.lifecycle.EdgeReturn;
import io.staithe.core.lifecycle.HostLoss;
import io.staithe.core.lifecycle.InstanceLifecycle;
import io.staithe.core.lifecycle.InstanceLifecycle.Event;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps what the cluster knows of a host's connection. A host is connected while some gateway has a session with it; what
 * happens to its tasks when it is not is each task's own affair ({@link HostLoss}).
 */
public final class InstanceReconciler implements Reconciler {
    @Override
    public String name() {
        return "instance";
    }

    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        if (entity instanceof ContainerInstance host) return Stream.of(host.key());
        if (entity instanceof AgentSession session) return Stream.of(Key.instance(session.instance()));
        if (entity instanceof TargetHealth health) return Stream.of(Key.instance(health.edge()));
        if (entity instanceof Task task) return concerned(task, state);
        return Stream.empty();
    }

    private static Stream<Key> concerned(Task task, ClusterState state) {
        Stream<Key> draining = Optional.ofNullable(task.instance()).flatMap(state::instance).stream()
                .filter(host -> host.drainDeadline() != null)
                .map(ContainerInstance::key);
        return task.isStopped() && !task.loadBalancers().isEmpty()
                ? Stream.concat(draining, EdgeReturn.waiting(state).map(Key::instance))
                : draining;
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        ContainerInstance host = state.get(key, ContainerInstance.class).orElse(null);
        if (host == null) return Plan.NOTHING;
        boolean connected = state.session(host.id()).isPresent();
        if (connected) return host.isConnected() ? DrainDeadline.plan(state, host, now) : returned(state, host, now);
        if (host.isConnected()) return outOfReach(state, host, now);
        return lostOrWaiting(state, host, now);
    }

    private static Plan returned(ClusterState state, ContainerInstance host, Instant now) {
        Optional<Instant> waits = EdgeReturn.waitsUntil(state, host, now);
        if (waits.isPresent()) return Plan.wakeAt(waits.get());
        ContainerInstance back = InstanceLifecycle.TABLE
                .next(host.status(), Event.CONNECTED)
                .map(to -> host.but().status(to).build())
                .orElse(host)
                .but()
                .disconnectedSince(null)
                .build();
        return new Plan.Builder()
                .update(state, back)
                .because(reason(host, "HOST_CONNECTED", "host " + host.hostName() + " is connected"))
                .build();
    }

    private static Plan outOfReach(ClusterState state, ContainerInstance host, Instant now) {
        return new Plan.Builder()
                .update(state, host.but().disconnectedSince(now).build())
                .because(reason(host, "HOST_DISCONNECTED", "host " + host.hostName() + " is out of reach"))
                .wakeAt(now.plus(HostLoss.DEFAULT_TOLERANCE))
                .build();
    }

    private static Plan lostOrWaiting(ClusterState state, ContainerInstance host, Instant now) {
        ContainerInstance.Status to =
                InstanceLifecycle.TABLE.next(host.status(), Event.OUT_OF_REACH).orElse(host.status());
        Optional<Instant> lostAt = HostLoss.lostAt(state, host, HostLoss.DEFAULT_TOLERANCE);
        if (lostAt.isEmpty() || to == host.status()) return Plan.NOTHING;
        if (now.isBefore(lostAt.get())) return Plan.wakeAt(lostAt.get());
        return new Plan.Builder()
                .update(state, host.but().status(to).build())
                .because(reason(
                        host,
                        "HOST_LOST",
                        "host " + host.hostName() + " is lost: out of reach since " + host.disconnectedSince()))
                .build();
    }

    private static Reason reason(ContainerInstance host, String code, String message) {
        return new Reason(host.key(), null, null, code, message);
    }
}
