package io.staithe.simulation;

import io.staithe.core.model.Action;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancer;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.PortMapping;
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
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Somebody who asks for things: services, more of them, other versions, none; hosts drained, tasks stopped. */
final class User {
    private static final String CLUSTER = "default";
    private static final int SERVICES = 3;
    private static final int MAX_DESIRED = 6;

    private final FaultyStore store;
    private final Schedule schedule;
    private final Chance chance;
    private final Journal journal;
    /** What was asked for last, and accepted. */
    private final Map<String, Integer> wanted = new TreeMap<>();

    private boolean resting;
    private int versions;
    private long deployments = 1_000_000_000_000_000_000L;

    User(FaultyStore store, Schedule schedule, Chance chance, Journal journal) {
        this.store = store;
        this.schedule = schedule;
        this.chance = chance;
        this.journal = journal;
    }

    /** What is there before anything runs. */
    void setUp() {
        put(new Setting(Setting.EPOCH, "epoch-1"));
        put(new Setting(Setting.JOIN_TOKEN_HASH, Network.TOKEN));
        put(Cluster.of(CLUSTER, schedule.now()));
        put(new LoadBalancer("edge", List.of(), schedule.now()));
        put(new TargetGroup("web", "HTTP", null, "/", null, null, null, null, null, 20, List.of(), schedule.now()));
        put(new Listener("edge", 8080, "HTTP", Action.forward("web"), List.of()));
        definition();
    }

    void actsEvery(Duration mean) {
        schedule.after(chance.exponential(mean), () -> {
            if (resting) return;
            act();
            actsEvery(mean);
        });
    }

    /** Asks for nothing more. */
    void rest() {
        resting = true;
    }

    /** Only what everybody agrees on is checked in the end. */
    Map<String, Integer> wanted() {
        return wanted;
    }

    void act() {
        String name = "service" + chance.between(1, SERVICES);
        Service service = store.state().service(new ServiceId(CLUSTER, name)).orElse(null);
        if (service == null || service.status() == Service.Status.INACTIVE) create(name);
        else if (service.status() == Service.Status.ACTIVE) change(service);
    }

    private void change(Service service) {
        switch (chance.between(1, 10)) {
            case 1 -> delete(service);
            case 2, 3, 4 -> scale(service);
            case 5, 6, 7 -> deploy(service);
            case 8, 9 -> stopATask();
            default -> drainOrUndrain();
        }
    }

    private void create(String name) {
        int desired = chance.between(1, MAX_DESIRED);
        boolean behindLoadBalancer = chance.happens(0.6);
        List<LoadBalancerMapping> mappings =
                behindLoadBalancer ? List.of(new LoadBalancerMapping("web", "app", 80)) : List.of();
        DeploymentConfiguration configuration = chance.happens(0.7)
                ? DeploymentConfiguration.DEFAULT
                : chance.happens(0.5)
                        ? new DeploymentConfiguration(0, 100, null, null)
                        : new DeploymentConfiguration(50, 200, null, null);
        ServiceRevision revision = ServiceRevision.of(newest()).withLoadBalancers(mappings);
        put(new Service(
                CLUSTER,
                name,
                Service.Status.ACTIVE,
                "incarnation-" + ++deployments,
                desired,
                Service.SchedulingStrategy.REPLICA,
                revision,
                nextDeployment(),
                schedule.now(),
                configuration,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                schedule.now(),
                null,
                null));
        wanted.put(name, desired);
        journal.write(
                "user creates " + name + " x " + desired + (behindLoadBalancer ? " behind the load balancer" : ""));
    }

    private void delete(Service service) {
        update(service, s -> s.withStatus(Service.Status.DRAINING));
        wanted.remove(service.name());
        journal.write("user deletes " + service.name());
    }

    private void scale(Service service) {
        int desired = chance.between(0, MAX_DESIRED);
        update(service, s -> s.withDesiredCount(desired));
        wanted.put(service.name(), desired);
        journal.write("user scales " + service.name() + " to " + desired);
    }

    private void deploy(Service service) {
        definition();
        ServiceRevision revision = service.revision().withTaskDefinition(newest());
        update(service, s -> s.withDeployment(nextDeployment(), revision, schedule.now(), null));
        journal.write("user deploys " + newest() + " to " + service.name());
    }

    private void stopATask() {
        List<Task> tasks = store.state().tasksIn(CLUSTER).filter(Task::isActive).toList();
        if (tasks.isEmpty()) return;
        Task task = chance.pick(tasks);
        put(task.but()
                .stop(StopCode.UserInitiated, "Task stopped by user", schedule.now())
                .build());
        journal.write("user stops task " + task.id());
    }

    private void drainOrUndrain() {
        ClusterState state = store.state();
        List<ContainerInstance> draining = hosts(state, ContainerInstance.Status.DRAINING);
        List<ContainerInstance> active = hosts(state, ContainerInstance.Status.ACTIVE);
        if (!draining.isEmpty()) {
            put(draining.get(0).withStatus(ContainerInstance.Status.ACTIVE));
            journal.write("user undrains " + draining.get(0).hostName());
        } else if (active.size() > 2) {
            ContainerInstance host = chance.pick(active);
            put(host.withStatus(ContainerInstance.Status.DRAINING));
            journal.write("user drains " + host.hostName());
        }
    }

    /** So that everything can come to rest. */
    void undrainAll() {
        hosts(store.state(), ContainerInstance.Status.DRAINING)
                .forEach(host -> put(host.withStatus(ContainerInstance.Status.ACTIVE)));
    }

    private static List<ContainerInstance> hosts(ClusterState state, ContainerInstance.Status status) {
        return state.all(Kind.INSTANCE, ContainerInstance.class)
                .filter(host -> host.status() == status)
                .toList();
    }

    private TaskDefinitionId newest() {
        return new TaskDefinitionId("app", versions);
    }

    private void definition() {
        versions++;
        ContainerDefinition container = Definitions.listening("app", "app:" + versions, 80);
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
                128,
                64,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                schedule.now(),
                null,
                null));
    }

    private DeploymentId nextDeployment() {
        return new DeploymentId(Long.toString(++deployments));
    }

    private void update(Service service, UnaryOperator<Service> change) {
        put(change.apply(service));
    }

    private void put(Entity entity) {
        store.memory.commit(Plan.of(Change.put(entity, Change.ANY)));
    }

    /** Container definitions, without their forty absent parts. */
    private static final class Definitions {
        static ContainerDefinition listening(String name, String image, int port) {
            ContainerDefinition plain = ContainerDefinition.of(name, image);
            return new ContainerDefinition(
                    plain.name(),
                    plain.image(),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(PortMapping.tcp(port, 0)),
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    List.of(),
                    List.of(),
                    null,
                    5,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    Map.of(),
                    List.of(),
                    null,
                    null,
                    List.of(),
                    List.of(),
                    null);
        }
    }
}
