package io.staithe.simulation;

import io.staithe.core.model.Action;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.Entity;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancer;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.LoadBalancerMapping.AdvancedConfiguration;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.PreStop;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Rule;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Setting;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a user can ask for: services, more of them, other versions, none; hosts drained, tasks stopped. */
final class User {
    static final String CLUSTER = "default";

    private static final HealthCheck READY = new HealthCheck(List.of("HTTP", "80", "/ready"), 5, 2, 2, null);

    private final FaultyStore store;
    private final Timeline timeline;
    private final Journal journal;
    /** What was asked for last, and accepted. */
    private final Map<String, Integer> wanted = new TreeMap<>();

    /** Daemon services that were asked for last, and accepted, with the zone of their hosts. */
    private final Map<String, String> daemons = new TreeMap<>();

    private int cpu = 128;
    private int versions;
    private long deployments = 1_000_000_000_000_000_000L;

    User(FaultyStore store, Timeline timeline, Journal journal) {
        this.store = store;
        this.timeline = timeline;
        this.journal = journal;
    }

    /** What is there before anything runs. */
    void setUp() {
        put(new Setting(Setting.EPOCH, "epoch-1"));
        put(new Setting(Setting.JOIN_TOKEN_HASH, Network.TOKEN));
        put(Cluster.of(CLUSTER, timeline.now()));
        put(new LoadBalancer("edge", List.of(), timeline.now()));
        put(new TargetGroup(
                "web", "HTTP", null, "/", null, null, null, null, null, 20, null, List.of(), timeline.now()));
        put(new Listener("edge", 8080, "HTTP", Action.forward("web"), List.of()));
        for (String side : List.of("blue", "green"))
            put(new TargetGroup(
                    side, "HTTP", null, "/", null, null, null, null, null, 20, null, List.of(), timeline.now()));
        put(new Rule("edge:8080", 1, List.of(), List.of("/staged/*"), Action.forward("blue"), List.of()));
        put(FargateGroup.dedicated(timeline.now()));
        definition();
    }

    /** From now on tasks share hosts of two types, and those that cost too much go. */
    void packFargate() {
        put(FargateGroup.packed(timeline.now()));
    }

    /** Only what everybody agrees on is checked in the end. */
    Map<String, Integer> wanted() {
        return wanted;
    }

    Map<String, String> daemons() {
        return daemons;
    }

    Optional<Service> service(String name) {
        return store.state().service(new ServiceId(CLUSTER, name));
    }

    void create(
            String name,
            int desired,
            boolean behindLoadBalancer,
            DeploymentConfiguration configuration,
            PlacementPolicy policy) {
        create(name, desired, behindLoadBalancer, configuration, policy, List.of());
    }

    /** @param strategy of its placement; empty: spread over zones, then over hosts */
    void create(
            String name,
            int desired,
            boolean behindLoadBalancer,
            DeploymentConfiguration configuration,
            PlacementPolicy policy,
            List<PlacementStrategy> strategy) {
        List<LoadBalancerMapping> mappings =
                behindLoadBalancer ? List.of(new LoadBalancerMapping("web", "app", 80)) : List.of();
        ServiceRevision revision = ServiceRevision.of(newest())
                .but()
                .loadBalancers(mappings)
                .placementStrategy(strategy)
                .build();
        put(Service.of(
                        new ServiceId(CLUSTER, name),
                        "incarnation-" + ++deployments,
                        desired,
                        revision,
                        nextDeployment(),
                        timeline.now())
                .but()
                .deploymentConfiguration(configuration)
                .placementPolicy(policy)
                .build());
        wanted.put(name, desired);
        journal.write("user creates " + name + " x " + desired + (behindLoadBalancer ? " behind the load balancer" : "")
                + " with " + policy);
    }

    /** One for whose tasks hosts are bought. */
    void createFargate(String name, int desired, DeploymentConfiguration configuration) {
        ServiceRevision revision = ServiceRevision.of(newest())
                .but()
                .capacity("FARGATE", List.of())
                .build();
        put(Service.of(
                        new ServiceId(CLUSTER, name),
                        "incarnation-" + ++deployments,
                        desired,
                        revision,
                        nextDeployment(),
                        timeline.now())
                .but()
                .deploymentConfiguration(configuration)
                .build());
        wanted.put(name, desired);
        journal.write("user creates " + name + " x " + desired + " on Fargate");
    }

    /** One whose deployments go through stages: between two target groups, or by the number of tasks alone. */
    void createStaged(String name, int desired, boolean shiftsTraffic, DeploymentConfiguration configuration) {
        List<LoadBalancerMapping> mappings = shiftsTraffic
                ? List.of(new LoadBalancerMapping(
                        "blue", "app", 80, new AdvancedConfiguration("green", "edge:8080/1", null, null)))
                : List.of();
        put(Service.of(
                        new ServiceId(CLUSTER, name),
                        "incarnation-" + ++deployments,
                        desired,
                        ServiceRevision.of(newest())
                                .but()
                                .loadBalancers(mappings)
                                .build(),
                        nextDeployment(),
                        timeline.now())
                .but()
                .deploymentConfiguration(configuration)
                .build());
        wanted.put(name, desired);
        journal.write("user creates " + name + " x " + desired + " with " + configuration.strategyOrDefault()
                + (shiftsTraffic ? " of its traffic" : ""));
    }

    /** Says how the service's deployment is to go on. */
    void ask(Service service, DeploymentRequest.Action action) {
        put(service.but()
                .deploymentRequest(new DeploymentRequest(service.deployment(), action, timeline.now()))
                .build());
        journal.write("user asks deployment " + service.deployment() + " of " + service.name() + " to " + action);
    }

    void place(Service service, PlacementPolicy policy) {
        put(service.but().placementPolicy(policy).build());
        journal.write("user places " + service.name() + " with " + policy);
    }

    /** From now on each task reserves so many CPU units: the more, the fewer fit a host. */
    void tasksNeed(int units) {
        cpu = units;
        definition();
    }

    /** @param zone of the hosts that are to have a task, or {@link DaemonCheckers#ANYWHERE} */
    void createDaemon(String name, String zone, DeploymentConfiguration configuration) {
        List<PlacementConstraint> constraints = zone.equals(DaemonCheckers.ANYWHERE)
                ? List.of()
                : List.of(new PlacementConstraint(
                        "memberOf", "attribute:" + Attribute.AVAILABILITY_ZONE + " == " + zone));
        ServiceRevision revision = ServiceRevision.of(newest())
                .but()
                .placementConstraints(constraints)
                .build();
        put(Service.of(
                        new ServiceId(CLUSTER, name),
                        "incarnation-" + ++deployments,
                        0,
                        revision,
                        nextDeployment(),
                        timeline.now())
                .but()
                .schedulingStrategy(Service.SchedulingStrategy.DAEMON)
                .deploymentConfiguration(configuration)
                .build());
        daemons.put(name, zone);
        journal.write("user creates daemon " + name + (zone.isEmpty() ? "" : " in " + zone));
    }

    void delete(Service service) {
        put(service.but().status(Service.Status.DRAINING).build());
        wanted.remove(service.name());
        daemons.remove(service.name());
        journal.write("user deletes " + service.name());
    }

    void scale(Service service, int desired) {
        put(service.but().desiredCount(desired).build());
        wanted.put(service.name(), desired);
        journal.write("user scales " + service.name() + " to " + desired);
    }

    /** A new version of everything's definition, for this service. */
    void deploy(Service service) {
        definition();
        ServiceRevision revision =
                service.revision().but().taskDefinition(newest()).build();
        put(service.but()
                .deployment(nextDeployment(), revision, timeline.now(), null)
                .build());
        journal.write("user deploys " + newest() + " to " + service.name());
    }

    /** The same again, as a new deployment. */
    void force(Service service) {
        ServiceRevision revision =
                service.revision().but().forced(service.revision().forced() + 1).build();
        put(service.but()
                .deployment(nextDeployment(), revision, timeline.now(), null)
                .build());
        journal.write("user forces a deployment of " + service.name());
    }

    /** Whether the mover repairs its balance between zones. */
    void balance(Service service, boolean balanced) {
        String to = balanced ? "ENABLED" : "DISABLED";
        put(service.but().availabilityZoneRebalancing(to).build());
        journal.write("user sets zone rebalancing of " + service.name() + " " + to);
    }

    /** What the mover may do. */
    void rebalancing(Rebalancing to) {
        store.state()
                .cluster(CLUSTER)
                .ifPresent(cluster -> put(cluster.but().rebalancing(to).build()));
        journal.write("user sets " + to);
    }

    void stop(Task task) {
        put(task.but()
                .stop(StopCode.UserInitiated, "Task stopped by user", timeline.now())
                .build());
        journal.write("user stops task " + task.id());
    }

    void drain(ContainerInstance host) {
        put(host.but().status(ContainerInstance.Status.DRAINING).build());
        journal.write("user drains " + host.hostName());
    }

    /** What is left on it after that time stops, whatever else that breaks: it is going to be interrupted. */
    void drainWithin(ContainerInstance host, Duration time) {
        put(host.but()
                .status(ContainerInstance.Status.DRAINING)
                .drainDeadline(timeline.now().plus(time))
                .build());
        journal.write("user drains " + host.hostName() + " within " + time);
    }

    void undrain(ContainerInstance host) {
        put(host.but()
                .status(ContainerInstance.Status.ACTIVE)
                .drainDeadline(null)
                .build());
        journal.write("user undrains " + host.hostName());
    }

    List<Service> services() {
        return store.state()
                .servicesOf(CLUSTER)
                .filter(service -> service.status() == Service.Status.ACTIVE)
                .toList();
    }

    List<Task> activeTasks() {
        return store.state().tasksIn(CLUSTER).filter(Task::isActive).toList();
    }

    List<ContainerInstance> hosts(ContainerInstance.Status status) {
        return store.state()
                .all(Kind.INSTANCE, ContainerInstance.class)
                .filter(host -> host.status() == status)
                .toList();
    }

    private TaskDefinitionId newest() {
        return new TaskDefinitionId("app", versions);
    }

    /** One in two has something to do before it stops, and one in three is not ready at all times. */
    private void definition() {
        versions++;
        ContainerDefinition container = ContainerDefinition.of("app", "app:" + versions)
                .but()
                .portMappings(List.of(PortMapping.tcp(80, 0)))
                .preStop(versions % 2 == 1 ? new PreStop(List.of("flush"), 3) : null)
                .readinessCheck(versions % 3 == 1 ? READY : null)
                .stopTimeout(5)
                .build();
        put(new TaskDefinition(
                "app",
                versions,
                TaskDefinition.Status.ACTIVE,
                null,
                null,
                null,
                List.of(container),
                List.of(),
                List.of(),
                List.of(),
                cpu,
                64,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                timeline.now(),
                null,
                null));
    }

    private DeploymentId nextDeployment() {
        return new DeploymentId(Long.toString(++deployments));
    }

    private void put(Entity entity) {
        store.memory.commit(Plan.of(Change.put(entity, Change.ANY)));
    }
}
