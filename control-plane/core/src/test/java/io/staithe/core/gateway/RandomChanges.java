package io.staithe.core.gateway;

import io.staithe.core.GivenDefinition;
import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.model.Action;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Entity;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.LoadBalancerMapping.AdvancedConfiguration;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.Rule;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Commits on a handful of objects that refer to each other, so that each changes under those that depend on it. */
final class RandomChanges {
    private static final int TASKS = 12;
    private static final int DEFINITIONS = 3;
    private static final String CONTAINER = "app";
    private static final int CONTAINER_PORT = 8080;

    private final Sample sample;
    private final List<InstanceId> hosts;

    /** @param hosts are never deleted */
    RandomChanges(long seed, List<InstanceId> hosts) {
        this.sample = new Sample(seed);
        this.hosts = hosts;
    }

    boolean chance(double probability) {
        return sample.chance(probability);
    }

    /** One to four changes, some of which no assignment shows. */
    Plan next(ClusterState state) {
        Map<Key, Change> changes = new TreeMap<>();
        for (int i = sample.between(1, 4); i > 0; i--) {
            Change change = change(entity(state));
            changes.put(change.key(), change);
        }
        Plan.Builder plan = new Plan.Builder();
        changes.values().forEach(plan::add);
        return plan.build();
    }

    private Change change(Entity entity) {
        boolean gone = sample.chance(0.15) && entity.key().kind() != Kind.INSTANCE;
        return gone ? Change.delete(entity.key(), Change.ANY) : Change.put(entity, Change.ANY);
    }

    private Entity entity(ClusterState state) {
        return switch (sample.upTo(12)) {
            case 0, 1, 2 -> task(state);
            case 3 -> report(task(state));
            case 4 -> definition(sample.between(1, DEFINITIONS));
            case 5 -> host(state);
            case 6 -> sample.of(sample.pick(Listener.class, Rule.class, TargetGroup.class));
            case 7 -> service();
            case 8, 9 ->
                Deployment.of(service(), Sample.START)
                        .but()
                        .weight(sample.pick(0, 50, 950, 1000))
                        .alternate(sample.chance(0.5))
                        .stage(sample.pick(null, LifecycleStage.SCALE_UP, LifecycleStage.BAKE_TIME), Sample.START)
                        .build();
            case 10 ->
                sample.chance(0.5)
                        ? new Listener("front", 80, "HTTP", Action.forward("blue"), List.of())
                        : new Rule("front:80", 1, List.of(), List.of("/api/*"), Action.forward("blue"), List.of());
            default -> sample.entity();
        };
    }

    /** One whose deployments move the traffic of the listener, or of the rule. */
    private Service service() {
        String production = sample.pick("front:80", "front:80/1");
        String test = sample.chance(0.5) ? "front:81" : null;
        LoadBalancerMapping mapping = new LoadBalancerMapping(
                "blue", CONTAINER, CONTAINER_PORT, new AdvancedConfiguration("green", production, test, null));
        ServiceRevision revision = ServiceRevision.of(new TaskDefinitionId("web", 1))
                .but()
                .loadBalancers(sample.chance(0.8) ? List.of(mapping) : List.of())
                .imageDigests(sample.pick(Map.of(), Map.of(CONTAINER, "sha256:" + sample.hex(64))))
                .build();
        DeploymentId number = DeploymentId.of(Integer.toString(sample.between(1, 3)));
        return Service.of(new ServiceId("default", "web"), "incarnation", 1, revision, number, Sample.START);
    }

    private Task task(ClusterState state) {
        ContainerInstance host = state.instance(sample.pick(hosts)).orElseThrow();
        GivenTask given = GivenTask.task(sample.between(1, TASKS)).of(definition(sample.between(1, DEFINITIONS)));
        if (sample.chance(0.5)) given.of(service(), 0);
        if (sample.chance(0.7)) given.behind(new LoadBalancerMapping("web", CONTAINER, CONTAINER_PORT));
        if (sample.chance(0.9)) given.on(host, sample.pick(LastStatus.values()));
        Task.Builder task = given.build().but();
        if (sample.chance(0.8)) task.startedAt(Sample.START);
        if (sample.chance(0.2)) task.stop(StopCode.UserInitiated, "as asked", Sample.START);
        return task.build();
    }

    private TaskReport report(Task task) {
        NetworkBinding binding = new NetworkBinding("0.0.0.0", CONTAINER_PORT, sample.between(30_000, 30_003), "tcp");
        ContainerReport container = new ContainerReport(
                CONTAINER,
                null,
                "app:1",
                null,
                ContainerReport.State.RUNNING,
                null,
                null,
                HealthStatus.UNKNOWN,
                sample.chance(0.9) ? List.of(binding) : List.of(),
                Sample.START,
                null,
                0,
                null,
                null);
        return new TaskReport(
                task.id(),
                sample.pick(hosts),
                1,
                sample.number(),
                ContainerReport.State.RUNNING,
                HealthStatus.UNKNOWN,
                List.of(container),
                null,
                null,
                Sample.START,
                null,
                null,
                null,
                null);
    }

    private TaskDefinition definition(int revision) {
        String image = "app:" + sample.upTo(3);
        return GivenDefinition.definition("web", revision)
                .networkMode(sample.chance(0.3) ? NetworkMode.HOST : NetworkMode.BRIDGE)
                .container(ContainerDefinition.of(CONTAINER, image))
                .build();
    }

    /** Most changes of a host are none of its address. */
    private ContainerInstance host(ClusterState state) {
        ContainerInstance host = state.instance(sample.pick(hosts)).orElseThrow();
        return sample.chance(0.5)
                ? host.but().disconnectedSince(sample.instant()).build()
                : host.but().address("10.0.0." + sample.between(1, 4)).build();
    }
}
