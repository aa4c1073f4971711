package io.staithe.core.state;

import io.staithe.core.model.AgentSession;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityStatus;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Entity;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostReport;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Job;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.store.Event;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Everything that the store holds, at one revision: immutable, indexed, and cheap to derive the next one from. Every
 * listing is in the order of its keys, unless it says otherwise.
 */
public final class ClusterState {
    public static final ClusterState EMPTY =
            new ClusterState(0, TreePMap.empty(), Indexes.EMPTY, WaitingTasks.NONE, Loads.NONE);

    private final long revision;
    private final TreePMap<Key, Versioned<?>> objects;
    private final Indexes indexes;
    private final WaitingTasks waiting;
    private final Loads loads;

    private ClusterState(
            long revision, TreePMap<Key, Versioned<?>> objects, Indexes indexes, WaitingTasks waiting, Loads loads) {
        this.revision = revision;
        this.objects = objects;
        this.indexes = indexes;
        this.waiting = waiting;
        this.loads = loads;
    }

    /** A state that holds exactly {@code objects}. */
    public static ClusterState of(long revision, Collection<? extends Versioned<?>> objects) {
        TreePMap<Key, Versioned<?>> all = TreePMap.empty();
        Indexes indexes = Indexes.EMPTY;
        WaitingTasks waiting = WaitingTasks.NONE;
        for (Versioned<?> object : objects) {
            all = all.plus(object.entity().key(), object);
            indexes = indexes.after(null, object.entity());
            waiting = waiting.after(null, object.entity());
        }
        ClusterState state = new ClusterState(revision, all, indexes, waiting, Loads.NONE);
        Loads loads = Loads.NONE;
        for (ContainerInstance host :
                state.all(Kind.INSTANCE, ContainerInstance.class).toList()) loads = loads.after(null, host, state);
        return new ClusterState(revision, all, indexes, waiting, loads);
    }

    /** The state after a commit. An event that is not newer changes nothing: streams may repeat themselves. */
    public ClusterState apply(Event.Changed event) {
        if (event.revision() <= revision) return this;
        ClusterState next = this;
        for (Event.Update update : event.updates()) next = next.with(update.key(), update.entity(), event.revision());
        return new ClusterState(event.revision(), next.objects, next.indexes, next.waiting, next.loads);
    }

    private ClusterState with(Key key, @Nullable Entity entity, long writtenAt) {
        Versioned<?> there = objects.get(key);
        Entity before = there == null ? null : there.entity();
        Indexes found = indexes.after(before, entity);
        WaitingTasks queue = waiting.after(before, entity);
        ClusterState next = entity == null
                ? new ClusterState(revision, objects.minus(key), found, queue, loads)
                : new ClusterState(
                        revision, objects.plus(key, new Versioned<>(entity, writtenAt)), found, queue, loads);
        Loads after = loads.after(before, entity, next);
        return after == loads ? next : new ClusterState(revision, next.objects, next.indexes, queue, after);
    }

    /** The state as it will be once {@code plan} is committed at {@code revision}. */
    public ClusterState apply(Plan plan, long committedRevision) {
        List<Event.Update> updates = plan.changes().stream()
                .map(change -> new Event.Update(change.key(), change instanceof Change.Put put ? put.entity() : null))
                .toList();
        return apply(new Event.Changed(committedRevision, updates));
    }

    public long revision() {
        return revision;
    }

    public int size() {
        return objects.size();
    }

    /** The revision that last wrote {@code key}, or {@link Change#ABSENT}. */
    public long revisionOf(Key key) {
        Versioned<?> object = objects.get(key);
        return object == null ? Change.ABSENT : object.revision();
    }

    public Optional<Entity> get(Key key) {
        return Optional.ofNullable(objects.get(key)).map(Versioned::entity);
    }

    /** @throws ClassCastException when {@code type} is not what lies under keys of this kind */
    public <E extends Entity> Optional<E> get(Key key, Class<E> type) {
        return get(key).map(type::cast);
    }

    public Stream<Versioned<?>> objects() {
        return objects.values().stream();
    }

    /** All objects of a kind. */
    public <E extends Entity> Stream<E> all(Kind kind, Class<E> type) {
        return indexes.keys(Index.KIND, kind.name()).map(key -> type.cast(required(key)));
    }

    /** How many objects of a kind there are. */
    public int count(Kind kind) {
        return indexes.count(Index.KIND, kind.name());
    }

    public Optional<Cluster> cluster(String name) {
        return get(Key.cluster(name), Cluster.class);
    }

    public Optional<TaskDefinition> taskDefinition(TaskDefinitionId id) {
        return get(Key.taskDefinition(id), TaskDefinition.class);
    }

    /** A family's revisions, in no particular order of numbers. */
    public Stream<TaskDefinition> revisions(String family) {
        return find(Index.TASK_DEFINITIONS_BY_FAMILY, family, TaskDefinition.class);
    }

    public Optional<Service> service(ServiceId id) {
        return get(Key.service(id), Service.class);
    }

    public Stream<Service> servicesOf(String cluster) {
        return find(Index.SERVICES_BY_CLUSTER, cluster, Service.class);
    }

    /** A cluster's daemon services that are not being deleted. */
    public Stream<Service> daemonsOf(String cluster) {
        return find(Index.DAEMONS_BY_CLUSTER, cluster, Service.class);
    }

    /** Services that want room kept free for more of their tasks. */
    public Stream<Service> servicesWithHeadroom(String cluster) {
        return find(Index.SERVICES_WITH_HEADROOM_BY_CLUSTER, cluster, Service.class);
    }

    /** Services whose deployments heed alarms. */
    public Stream<Service> servicesWithAlarms() {
        return find(Index.SERVICES_WITH_ALARMS, "", Service.class);
    }

    /** Services whose deployments move the traffic of listeners and rules. */
    public Stream<Service> servicesShiftingTraffic() {
        return find(Index.SERVICES_SHIFTING_TRAFFIC, "", Service.class);
    }

    public Optional<Deployment> deployment(DeploymentId id) {
        return get(Key.deployment(id), Deployment.class);
    }

    /** A service's deployments that are still stored, of every incarnation, INACTIVE ones included. */
    public Stream<Deployment> deploymentsOf(ServiceId service) {
        return find(Index.DEPLOYMENTS_BY_SERVICE, service.value(), Deployment.class);
    }

    public Optional<Task> task(TaskId id) {
        return get(Key.task(id), Task.class);
    }

    /** Stopped ones included while they are stored. */
    public Stream<Task> tasksOf(ServiceId service) {
        return find(Index.TASKS_BY_SERVICE, service.value(), Task.class);
    }

    /** Stopped ones included while they are stored. */
    public Stream<Task> tasksOn(InstanceId instance) {
        return find(Index.TASKS_BY_INSTANCE, instance.value(), Task.class);
    }

    /** Tasks of a cluster that wait for a host: by priority, highest first, then oldest first, then by id. */
    public Collection<Task> waitingTasks(String cluster) {
        return waiting.of(cluster);
    }

    /** Every task of a cluster, stopped ones included while they are stored. */
    public Stream<Task> tasksIn(String cluster) {
        return find(Index.TASKS_BY_CLUSTER, cluster, Task.class);
    }

    public Optional<Job> job(TaskId id) {
        return get(Key.job(id), Job.class);
    }

    /** What a schedule has begun and is not at its end. */
    public Stream<Job> activeJobsOf(Schedule schedule) {
        return find(Index.ACTIVE_JOBS_BY_SCHEDULE, schedule.key().id(), Job.class);
    }

    public Optional<TaskReport> report(TaskId task) {
        return get(Key.taskReport(task), TaskReport.class);
    }

    public Optional<ContainerInstance> instance(InstanceId id) {
        return get(Key.instance(id), ContainerInstance.class);
    }

    public Stream<ContainerInstance> instancesOf(String cluster) {
        return find(Index.INSTANCES_BY_CLUSTER, cluster, ContainerInstance.class);
    }

    /** The hosts of all clusters that carry traffic. */
    public Stream<ContainerInstance> edgeHosts() {
        return find(Index.EDGE_HOSTS, "", ContainerInstance.class);
    }

    /** What a cluster's mover remembers. */
    public Optional<RebalancingStatus> rebalancing(String cluster) {
        return get(Key.rebalancing(cluster), RebalancingStatus.class);
    }

    /** A host with what its tasks hold of it. */
    public Optional<HostLoad> load(InstanceId id) {
        return loads.of(id);
    }

    /** A cluster's hosts with what their tasks hold of them. */
    public HostLoads loadsOf(String cluster) {
        return loads.of(cluster);
    }

    public Optional<HostGroup> hostGroup(String name) {
        return get(Key.hostGroup(name), HostGroup.class);
    }

    /** Not {@code FARGATE} and {@code FARGATE_SPOT}, which always exist. */
    public Optional<CapacityProvider> capacityProvider(String name) {
        return get(Key.capacityProvider(name), CapacityProvider.class);
    }

    public Optional<ProvisionedHost> provisionedHost(InstanceId id) {
        return get(Key.provisionedHost(id), ProvisionedHost.class);
    }

    /** The hosts that were bought for a cluster, until they are forgotten. */
    public Stream<ProvisionedHost> provisionedFor(String cluster) {
        return find(Index.PROVISIONED_BY_CLUSTER, cluster, ProvisionedHost.class);
    }

    public CapacityStatus capacityStatus(String cluster) {
        return get(Key.capacityStatus(cluster), CapacityStatus.class).orElse(CapacityStatus.none(cluster));
    }

    public Optional<HostReport> hostReport(InstanceId id) {
        return get(Key.hostReport(id), HostReport.class);
    }

    public Optional<AgentSession> session(InstanceId id) {
        return get(Key.session(id), AgentSession.class);
    }

    /** What every edge host says of a task's targets. */
    public Stream<TargetHealth> targetHealthOf(TaskId task) {
        return find(Index.TARGET_HEALTH_BY_TASK, task.value(), TargetHealth.class);
    }

    /** Everything that one edge host says. */
    public Stream<TargetHealth> targetHealthFrom(InstanceId edge) {
        return find(Index.TARGET_HEALTH_BY_EDGE, edge.value(), TargetHealth.class);
    }

    private <E extends Entity> Stream<E> find(Index index, String value, Class<E> type) {
        return indexes.keys(index, value).map(key -> type.cast(required(key)));
    }

    private Entity required(Key key) {
        Versioned<?> object = objects.get(key);
        if (object == null) throw new IllegalStateException("index names " + key + ", which is not there");
        return object.entity();
    }
}
