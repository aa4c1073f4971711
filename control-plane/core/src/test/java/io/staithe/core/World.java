package io.staithe.core;

import io.staithe.core.control.ControlLoop;
import io.staithe.core.control.Reconciler;
import io.staithe.core.control.Reconcilers;
import io.staithe.core.lifecycle.TaskHealth;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Entity;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Leader;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.Event;
import io.staithe.core.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A control plane on a memory store with hosts that do as they are told when the test says so. For tests of planners; the
 * simulation has real agents and faults.
 */
public final class World {
    public static final String CLUSTER = "default";

    public final MemoryStore store = new MemoryStore();
    public Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<Reconciler> capacity;
    private ControlLoop loop;
    private boolean holdsStops;
    private final Queue<Event> events = new ArrayDeque<>();
    private int numbers;

    public World() {
        this(List.of());
    }

    /** @param capacity what buys hosts */
    public World(List<Reconciler> capacity) {
        this.capacity = capacity;
        loop = new ControlLoop(Reconcilers.all(capacity), List.of());
        put(Cluster.of(CLUSTER, now));
        loop.open(store.open(events::add).snapshot());
    }

    public ClusterState state() {
        return store.state();
    }

    /** Writes over whatever is there, as a user would. */
    public <E extends Entity> E put(E entity) {
        commit(new Plan.Builder().add(Change.put(entity, Change.ANY)).build());
        return entity;
    }

    public void commit(Plan plan) {
        store.commit(plan);
    }

    /** Lets the control loop do all that it wants to do now. */
    public World settle() {
        for (int i = 0; i < 1_000; i++) {
            while (!events.isEmpty()) loop.on(events.remove());
            Optional<Plan> plan = loop.next(now);
            if (plan.isEmpty()) {
                List<ControlLoop.Failure> failures = loop.failures();
                if (!failures.isEmpty())
                    throw new AssertionError(
                            failures.get(0).toString(), failures.get(0).cause());
                return this;
            }
            loop.on(store.commit(plan.get()), now);
        }
        throw new AssertionError("the control loop does not come to rest");
    }

    /** Lets the loop and the obedient hosts go on until nothing changes. */
    public World converge() {
        for (int i = 0; i < 1_000; i++) {
            settle();
            if (!hostsObey()) return this;
        }
        throw new AssertionError("does not converge");
    }

    /** {@link #converge}, and then whatever the loop has appointed for the next two minutes, until it rests. */
    public World rest() {
        for (int i = 0; i < 1_000; i++) {
            converge();
            Optional<Instant> soon = wakeAt().filter(at -> at.isBefore(now.plus(Duration.ofMinutes(2))));
            if (soon.isEmpty()) return this;
            if (soon.get().isAfter(now)) now = soon.get();
        }
        throw new AssertionError("does not come to rest");
    }

    /** From now on what is to stop stays as it is, whatever hosts and edge hosts are asked, until the test says otherwise. */
    public void holdStops() {
        holdsStops = true;
    }

    /** Another control plane leads, and knows what is stored. */
    public void failOver() {
        put(new Leader("new", now));
        events.clear();
        loop = new ControlLoop(Reconcilers.all(capacity), List.of());
        loop.open(state());
    }

    public World pass(Duration time) {
        now = now.plus(time);
        return this;
    }

    public Optional<Instant> wakeAt() {
        return loop.wakeAt();
    }

    public ContainerInstance host(String name, int cpu, int memory, Attribute... attributes) {
        return host(name, cpu, memory, false, attributes);
    }

    /** A host that carries traffic and takes no task. */
    public ContainerInstance edge(String name) {
        return host(name, 0, 0, true);
    }

    private ContainerInstance host(String name, int cpu, int memory, boolean edge, Attribute... attributes) {
        InstanceId id = new InstanceId(String.format("%032x", ++numbers));
        ContainerInstance host = ContainerInstance.of(id, CLUSTER, name, new Resources(cpu, memory, 0), now)
                .but()
                .attributes(List.of(attributes))
                .edge(edge)
                .build();
        put(host);
        connects(host);
        return host;
    }

    public void connects(ContainerInstance host) {
        put(new AgentSession(host.id(), "gateway", 1, now, true));
    }

    public void disconnects(ContainerInstance host) {
        delete(Key.session(host.id()));
    }

    public void delete(Key key) {
        commit(Plan.of(Change.delete(key, Change.ANY)));
    }

    /** The host as it is stored now. */
    public ContainerInstance host(InstanceId id) {
        return state().instance(id).orElseThrow();
    }

    /** The task as it is stored now. */
    public Task task(TaskId id) {
        return state().task(id).orElseThrow();
    }

    public TargetGroup targetGroup(String name, int deregistrationDelaySeconds) {
        TargetGroup group = new TargetGroup(
                name,
                "HTTP",
                null,
                "/",
                null,
                null,
                null,
                null,
                null,
                deregistrationDelaySeconds,
                null,
                List.of(),
                now);
        put(group);
        return group;
    }

    /** An edge host says how it finds the targets of a task. */
    public void says(ContainerInstance edge, Task task, TargetHealth.State health) {
        for (LoadBalancerMapping mapping : task.loadBalancers())
            put(new TargetHealth(
                    edge.id(),
                    task.id(),
                    mapping.targetGroup(),
                    mapping.containerName(),
                    mapping.containerPort(),
                    health,
                    null));
    }

    public TaskDefinition definition(String family, int revision, int memory) {
        return definition(family, revision, memory, ContainerDefinition.of("app", "app:1"));
    }

    public TaskDefinition definition(String family, int revision, int memory, ContainerDefinition container) {
        TaskDefinition definition = GivenDefinition.definition(family, revision)
                .container(container)
                .memory(memory)
                .registeredAt(now)
                .build();
        put(definition);
        return definition;
    }

    public Service service(String name, TaskDefinition definition, int desired) {
        return service(name, ServiceRevision.of(definition.id()), desired, DeploymentConfiguration.DEFAULT);
    }

    public Service service(String name, ServiceRevision revision, int desired, DeploymentConfiguration configuration) {
        return service(name, revision, desired, configuration, null, null);
    }

    public Service service(
            String name,
            ServiceRevision revision,
            int desired,
            DeploymentConfiguration configuration,
            @Nullable Integer healthCheckGracePeriodSeconds,
            @Nullable Integer lostAfterSeconds) {
        Service service = Service.of(
                        new ServiceId(CLUSTER, name), "inc-" + name, desired, revision, nextDeployment(), now)
                .but()
                .deploymentConfiguration(configuration)
                .healthCheckGracePeriodSeconds(healthCheckGracePeriodSeconds)
                .lostAfterSeconds(lostAfterSeconds)
                .build();
        put(service);
        return service;
    }

    public Service daemon(String name, TaskDefinition definition) {
        return daemon(name, ServiceRevision.of(definition.id()), DeploymentConfiguration.DEFAULT);
    }

    /** A service with one task on each host that qualifies. */
    public Service daemon(String name, ServiceRevision revision, DeploymentConfiguration configuration) {
        Service service = Service.of(new ServiceId(CLUSTER, name), "inc-" + name, 0, revision, nextDeployment(), now)
                .but()
                .schedulingStrategy(Service.SchedulingStrategy.DAEMON)
                .deploymentConfiguration(configuration)
                .build();
        put(service);
        return service;
    }

    /** The service as it is stored now. */
    public Service service(String name) {
        return state().service(new ServiceId(CLUSTER, name)).orElseThrow();
    }

    public DeploymentId nextDeployment() {
        return new DeploymentId("1" + String.format("%018d", ++numbers));
    }

    public void deploy(String name, TaskDefinition definition) {
        Service service = service(name);
        ServiceRevision revision =
                service.revision().but().taskDefinition(definition.id()).build();
        put(service.but().deployment(nextDeployment(), revision, now, null).build());
    }

    /** Tasks that are wanted and have not stopped. */
    public List<Task> active(String service) {
        return state().tasksOf(new ServiceId(CLUSTER, service))
                .filter(Task::isActive)
                .toList();
    }

    public List<Task> running(String service) {
        return active(service).stream()
                .filter(t -> t.lastStatus() == LastStatus.RUNNING)
                .toList();
    }

    public List<String> messages() {
        return state().all(Kind.EVENT, ServiceEvent.class)
                .map(ServiceEvent::message)
                .toList();
    }

    /** A task's host says that its containers run, or have ended. */
    public void report(Task task, ContainerReport.State to, HealthStatus health, @Nullable StopCode code) {
        TaskReport known = state().report(task.id()).orElse(null);
        Instant startedAt = known != null && known.startedAt() != null ? known.startedAt() : now;
        put(new TaskReport(
                task.id(),
                java.util.Objects.requireNonNull(task.instance()),
                1,
                known == null ? 1 : known.sequence() + 1,
                to,
                health,
                List.of(),
                null,
                null,
                startedAt,
                null,
                to == ContainerReport.State.STOPPED ? now : null,
                code,
                code == null ? null : "because of the test"));
    }

    public void runs(Task task) {
        report(task, ContainerReport.State.RUNNING, HealthStatus.UNKNOWN, null);
    }

    public void dies(TaskId id) {
        Task task = state().task(id).orElseThrow();
        report(task, ContainerReport.State.STOPPED, HealthStatus.UNKNOWN, StopCode.EssentialContainerExited);
    }

    private boolean hostsObey() {
        long before = state().revision();
        state().tasksIn(CLUSTER)
                .filter(task -> task.instance() != null && !task.isStopped())
                .filter(task -> task.isActive() || !holdsStops)
                .forEach(task -> {
                    hostObeys(task);
                    edgesObey(task);
                });
        return state().revision() != before;
    }

    private void hostObeys(Task task) {
        ContainerReport.State known =
                state().report(task.id()).map(TaskReport::lastStatus).orElse(ContainerReport.State.PENDING);
        boolean checked = TaskHealth.hasContainerChecks(state(), task);
        if (task.lastStatus() == LastStatus.STOPPING && known != ContainerReport.State.STOPPED)
            report(task, ContainerReport.State.STOPPED, HealthStatus.UNKNOWN, null);
        else if (task.lastStatus() == LastStatus.PENDING && known == ContainerReport.State.PENDING)
            report(task, ContainerReport.State.RUNNING, checked ? HealthStatus.HEALTHY : HealthStatus.UNKNOWN, null);
    }

    private void edgesObey(Task task) {
        if (task.lastStatus().isBefore(LastStatus.ACTIVATING)) return;
        TargetHealth.State wanted = task.lastStatus().isBefore(LastStatus.DEACTIVATING)
                ? TargetHealth.State.HEALTHY
                : TargetHealth.State.UNUSED;
        state().all(Kind.INSTANCE, ContainerInstance.class)
                .filter(ContainerInstance::edge)
                .filter(edge -> state().targetHealthOf(task.id())
                        .noneMatch(said -> said.edge().equals(edge.id()) && said.state() == wanted))
                .forEach(edge -> says(edge, task, wanted));
    }
}
