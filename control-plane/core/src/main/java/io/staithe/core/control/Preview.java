package io.staithe.core.control;

import io.staithe.core.model.CapacityStatus;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would come of a plan: the real control loop runs on a copy of the state, with hosts that do at once what they are
 * asked. Nothing is written.
 */
public final class Preview {
    private static final int MAX_ROUNDS = 2_000;
    /** A moment that passes in each round, so that what waits for time gets its turn. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    /** A task that the mover would replace on another host; its {@link Task#relocation()} says why. */
    public record Move(Task task, Task replacement) {}

    /**
     * @param before the tasks that were there
     * @param after all tasks as they would be in the end, new ones included
     * @param hostsBefore hosts that were bought already
     * @param hostsAfter those that would be bought in the end, new ones included
     * @param capacityAfter why tasks would wait though hosts can be bought, by cluster
     * @param settled whether it came to rest; if not, {@code after} is how far it came
     */
    public record Outcome(
            List<Task> before,
            List<Task> after,
            List<ProvisionedHost> hostsBefore,
            List<ProvisionedHost> hostsAfter,
            List<CapacityStatus> capacityAfter,
            boolean settled) {
        /** Hosts that would be bought. */
        public List<ProvisionedHost> bought() {
            return wantedIn(hostsAfter, hostsBefore);
        }

        /** Hosts that would be given back. */
        public List<ProvisionedHost> givenBack() {
            return wantedIn(hostsBefore, hostsAfter);
        }

        private static List<ProvisionedHost> wantedIn(List<ProvisionedHost> these, List<ProvisionedHost> notThose) {
            Set<InstanceId> others = notThose.stream()
                    .filter(host -> host.status().isWanted())
                    .map(ProvisionedHost::id)
                    .collect(Collectors.toSet());
            return these.stream()
                    .filter(host -> host.status().isWanted() && !others.contains(host.id()))
                    .toList();
        }

        /** Tasks that would be started, and have a host; in place of no task that the mover would move. */
        public List<Task> started() {
            Set<TaskId> arrived =
                    moved().stream().map(move -> move.replacement().id()).collect(Collectors.toSet());
            return after.stream()
                    .filter(t -> isNew(t) && t.instance() != null && !t.isStopped())
                    .filter(t -> !arrived.contains(t.id()))
                    .toList();
        }

        /** Tasks that would wait for a host. */
        public List<Task> waiting() {
            return after.stream()
                    .filter(t -> t.instance() == null && t.isActive())
                    .toList();
        }

        /** Tasks that run now and would be stopped, those left out that the mover would move. */
        public List<Task> stopped() {
            Set<TaskId> left = moved().stream().map(move -> move.task().id()).collect(Collectors.toSet());
            return ended().filter(t -> !left.contains(t.id())).toList();
        }

        /** What the mover would move. */
        public List<Move> moved() {
            return ended().filter(t -> t.relocation() != null)
                    .flatMap(t -> replacementOf(t).map(r -> new Move(t, r)).stream())
                    .toList();
        }

        private Stream<Task> ended() {
            return after.stream().filter(Task::isStopped).filter(t -> before.stream()
                    .anyMatch(b -> b.id().equals(t.id()) && b.isActive()));
        }

        private Optional<Task> replacementOf(Task task) {
            return after.stream()
                    .filter(t -> t.isActive() && t.instance() != null)
                    .filter(t ->
                            Objects.equals(t.deployment(), task.deployment()) && Objects.equals(t.slot(), task.slot()))
                    .findFirst();
        }

        private boolean isNew(Task task) {
            return before.stream().noneMatch(b -> b.id().equals(task.id()));
        }
    }

    private final List<Reconciler> capacity;
    private ClusterState state;
    private Instant now;

    private Preview(ClusterState state, Instant now, List<Reconciler> capacity) {
        this.capacity = capacity;
        this.state = state;
        this.now = now;
    }

    public static Outcome of(ClusterState state, Plan plan, Instant now) {
        return of(state, plan, now, List.of());
    }

    /** @param capacity as in {@link Reconcilers#all(List)} */
    public static Outcome of(ClusterState state, Plan plan, Instant now, List<Reconciler> capacity) {
        return new Preview(state, now, capacity).run(plan);
    }

    private Outcome run(Plan plan) {
        List<Task> before = tasks();
        List<ProvisionedHost> hostsBefore = PreviewHosts.of(state);
        ControlLoop loop = new ControlLoop(Reconcilers.all(capacity), List.of());
        if (!plan.isEmpty()) state = state.apply(plan, state.revision() + 1);
        loop.open(state);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean decided = decide(loop);
            boolean acted = act(loop);
            if (!decided && !acted && isAtRest(loop)) return outcome(before, hostsBefore, true);
            now = now.plus(ROUND);
        }
        return outcome(before, hostsBefore, false);
    }

    private Outcome outcome(List<Task> before, List<ProvisionedHost> hostsBefore, boolean settled) {
        List<CapacityStatus> capacity =
                state.all(Kind.CAPACITY_STATUS, CapacityStatus.class).toList();
        return new Outcome(before, tasks(), hostsBefore, PreviewHosts.of(state), capacity, settled);
    }

    /** Only appointments further away than a deployment's own waits are left: those of retention. */
    private boolean isAtRest(ControlLoop loop) {
        return loop.wakeAt()
                .filter(at -> at.isBefore(now.plus(Duration.ofMinutes(2))))
                .isEmpty();
    }

    private boolean decide(ControlLoop loop) {
        boolean any = false;
        for (Optional<Plan> plan = loop.next(now); plan.isPresent(); plan = loop.next(now)) {
            any = true;
            publish(loop, plan.get());
            loop.on(new CommitResult.Committed(state.revision()), now);
        }
        return any;
    }

    /** Every host does what it is asked, and every target is healthy. */
    private boolean act(ControlLoop loop) {
        Plan.Builder plan = new Plan.Builder();
        PreviewHosts.act(state, now, plan);
        List<InstanceId> edges = state.edgeHosts().map(ContainerInstance::id).toList();
        tasks().stream()
                .filter(task -> task.instance() != null && !task.isStopped())
                .forEach(task -> {
                    report(task).filter(report -> isNews(report)).ifPresent(report -> plan.update(state, report));
                    for (InstanceId edge : edges)
                        for (LoadBalancerMapping mapping : task.loadBalancers()) {
                            TargetHealth health = targetHealth(task, edge, mapping);
                            if (state.get(health.key()).filter(health::equals).isEmpty()) plan.update(state, health);
                        }
                });
        if (plan.isEmpty()) return false;
        publish(loop, plan.build());
        return true;
    }

    private boolean isNews(TaskReport report) {
        return state.report(report.task())
                .filter(known ->
                        known.lastStatus() == report.lastStatus() && known.healthStatus() == report.healthStatus())
                .isEmpty();
    }

    private Optional<TaskReport> report(Task task) {
        if (task.instance() == null) return Optional.empty();
        boolean ended = !task.lastStatus().isBefore(LastStatus.STOPPING);
        ContainerReport.State to = ended ? ContainerReport.State.STOPPED : ContainerReport.State.RUNNING;
        HealthStatus health = ended ? HealthStatus.UNKNOWN : HealthStatus.HEALTHY;
        List<ContainerReport> containers = state
                .taskDefinition(task.taskDefinition())
                .map(TaskDefinition::containerDefinitions)
                .orElse(List.of())
                .stream()
                .map(container -> container(container, to, health))
                .toList();
        Optional<TaskReport> known = state.report(task.id());
        long sequence = known.map(TaskReport::sequence).orElse(0L) + 1;
        Instant startedAt = known.map(TaskReport::startedAt).orElse(now);
        long incarnation = state.instance(task.instance())
                .map(ContainerInstance::incarnation)
                .orElse(0L);
        return Optional.of(new TaskReport(
                task.id(),
                task.instance(),
                incarnation,
                sequence,
                to,
                health,
                containers,
                null,
                null,
                startedAt,
                null,
                ended ? now : null,
                null,
                null));
    }

    private ContainerReport container(ContainerDefinition container, ContainerReport.State to, HealthStatus health) {
        List<NetworkBinding> bindings = container.portMappings().stream()
                .map(p -> new NetworkBinding("0.0.0.0", p.firstContainerPort(), 1, p.protocolOrDefault()))
                .toList();
        HealthStatus readiness = container.readinessCheck() == null ? null : health;
        return new ContainerReport(
                container.name(),
                null,
                container.image(),
                null,
                to,
                null,
                null,
                health,
                bindings,
                now,
                null,
                0,
                readiness,
                null);
    }

    private static TargetHealth targetHealth(Task task, InstanceId edge, LoadBalancerMapping mapping) {
        TargetHealth.State to = task.lastStatus().isBefore(LastStatus.DEACTIVATING)
                ? TargetHealth.State.HEALTHY
                : TargetHealth.State.UNUSED;
        return new TargetHealth(
                edge, task.id(), mapping.targetGroup(), mapping.containerName(), mapping.containerPort(), to, null);
    }

    private void publish(ControlLoop loop, Plan plan) {
        ClusterState after = state.apply(plan, state.revision() + 1);
        List<Event.Update> updates = plan.changes().stream()
                .map(change ->
                        new Event.Update(change.key(), after.get(change.key()).orElse(null)))
                .toList();
        state = after;
        loop.on(new Event.Changed(state.revision(), updates));
    }

    private List<Task> tasks() {
        return new ArrayList<>(state.all(Kind.TASK, Task.class).toList());
    }
}
