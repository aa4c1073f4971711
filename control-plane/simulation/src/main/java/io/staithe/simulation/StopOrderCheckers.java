package io.staithe.simulation;

import io.staithe.agent.container.fake.Signal;
import io.staithe.agent.task.Action;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.Key;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.PreStop;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The order in which everything stops, whatever it stops for: its targets leave every edge host that is there, or have had
 * their time; {@code preStop} is over, or has had its; then SIGTERM; SIGKILL not before {@code stopTimeout}. What the docs except
 * is excepted here: a container that ends by itself is sent nothing, a task that was lost with its host has left the table of
 * targets already, and an agent that has forgotten a task which is over does not know its {@code preStop}.
 */
final class StopOrderCheckers implements Network.Witness {
    private final FaultyStore store;
    private final Network network;
    private final Timeline timeline;
    private final TrafficCheckers traffic;
    /** By the ids of containers on their hosts. */
    private final Map<String, Instant> hookBegunAt = new HashMap<>();

    private final Set<String> hookOver = new HashSet<>();
    private final Map<String, Instant> termAt = new HashMap<>();

    StopOrderCheckers(FaultyStore store, Network network, Timeline timeline, TrafficCheckers traffic) {
        this.store = store;
        this.network = network;
        this.timeline = timeline;
        this.traffic = traffic;
    }

    @Override
    public void begins(Host host, Action action) {
        if (!(action instanceof Action.RunPreStop hook)) return;
        hookBegunAt.putIfAbsent(host.name + hook.id(), timeline.now());
        task(hook.task()).ifPresent(task -> hasLeft(task, "preStop runs"));
    }

    @Override
    public void ended(Host host, Action action) {
        if (action instanceof Action.RunPreStop hook) hookOver.add(host.name + hook.id());
    }

    @Override
    public void signalled(Host host, Signal signal) {
        switch (signal.kind()) {
            case TERM -> terminated(host, signal);
            case KILL -> killed(host, signal);
        }
    }

    private void terminated(Host host, Signal signal) {
        task(signal.task()).ifPresent(task -> {
            isToStop(host, task);
            hasLeft(task, "SIGTERM");
        });
        preStopIsOver(host, signal);
        termAt.putIfAbsent(host.name + signal.id(), signal.at());
    }

    private static void isToStop(Host host, Task task) {
        if (task.isActive())
            throw new Violation(
                    "nothing is stopped that is wanted",
                    task.id() + ", wanted on " + task.instance() + ", by " + host.name + ": " + host.why(task.id()));
    }

    private void hasLeft(Task task, String what) {
        if (task.isStopped() || task.stoppingAt() == null || task.startedAt() == null) return;
        int delay = task.loadBalancers().stream()
                .map(LoadBalancerMapping::targetGroup)
                .map(group -> store.state().get(Key.targetGroup(group), TargetGroup.class))
                .mapToInt(group -> group.map(TargetGroup::deregistrationDelay).orElse(0))
                .max()
                .orElse(0);
        if (!timeline.now().isBefore(task.stoppingAt().plusSeconds(delay))) return;
        for (Host edge : network.hosts)
            if (traffic.sendsTo(edge, task.id()))
                throw new Violation(
                        "targets leave first", what + ": " + task.id() + " gets requests from " + edge.name);
    }

    private void preStopIsOver(Host host, Signal signal) {
        PreStop hook = definition(signal).map(ContainerDefinition::preStop).orElse(null);
        if (hook == null || hookOver.contains(host.name + signal.id())) return;
        if (host.hasForgotten()
                && task(signal.task()).filter(task -> !task.isStopped()).isEmpty()) return;
        Instant begun = hookBegunAt.get(host.name + signal.id());
        int most = hook.timeout() == null ? 0 : hook.timeout();
        if (begun == null || timeline.now().isBefore(begun.plusSeconds(most)))
            throw new Violation("preStop before SIGTERM", signal.task() + " on " + host.name + ", begun at " + begun);
    }

    private void killed(Host host, Signal signal) {
        if (definition(signal).isEmpty()) return;
        int timeout = definition(signal).get().stopTimeoutSeconds();
        Instant asked = termAt.get(host.name + signal.id());
        if (asked == null || signal.at().isBefore(asked.plusSeconds(timeout)))
            throw new Violation(
                    "SIGKILL not before stopTimeout", signal.task() + " on " + host.name + ", SIGTERM at " + asked);
    }

    private Optional<Task> task(TaskId id) {
        return store.state().task(id);
    }

    /** Absent: of the network's holder, which is not the user's. */
    private Optional<ContainerDefinition> definition(Signal signal) {
        return task(signal.task())
                .map(Task::taskDefinition)
                .flatMap(store.state()::taskDefinition)
                .flatMap((TaskDefinition definition) -> definition.container(signal.container()));
    }
}
