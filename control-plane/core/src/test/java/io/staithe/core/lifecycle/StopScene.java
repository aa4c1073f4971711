package io.staithe.core.lifecycle;

import io.staithe.core.Containers;
import io.staithe.core.GivenDefinition;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentStrategy;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.LoadBalancerMapping.AdvancedConfiguration;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.util.List;

/** Services behind a load balancer on two hosts and two edge hosts. What is to stop stays until the test says otherwise. */
final class StopScene {
    static final int DELAY_SECONDS = 60;
    private static final LoadBalancerMapping WEB = new LoadBalancerMapping("web", "app", 80);

    final World world = new World();
    final ContainerInstance one = world.edge("one");
    final ContainerInstance two = world.edge("two");
    final ContainerInstance host = world.host("host", 1024, 1024, new Attribute(Attribute.AVAILABILITY_ZONE, "a"));
    final TaskDefinition first = definition(1);
    final TaskDefinition second = definition(2);

    StopScene() {
        world.host("other", 1024, 1024, new Attribute(Attribute.AVAILABILITY_ZONE, "a"));
        for (String group : List.of("web", "blue", "green")) world.targetGroup(group, DELAY_SECONDS);
        world.holdStops();
    }

    Service web(int minimumPercent, int maximumPercent) {
        return running(
                world.service("web", revision(WEB), 4, DeploymentConfiguration.of(minimumPercent, maximumPercent)));
    }

    Service web() {
        return web(100, 200);
    }

    Service blueGreen() {
        LoadBalancerMapping sides =
                new LoadBalancerMapping("blue", "app", 80, new AdvancedConfiguration("green", "edge:80", null, null));
        DeploymentConfiguration configuration = new DeploymentConfiguration(
                100, 200, null, null, DeploymentStrategy.BLUE_GREEN, 0, null, null, List.of());
        return running(world.service("web", revision(sides), 2, configuration));
    }

    Service daemon() {
        ServiceRevision notOnEdges = revision(WEB)
                .but()
                .placementConstraints(List.of(
                        new PlacementConstraint("memberOf", "attribute:" + Attribute.AVAILABILITY_ZONE + " == a")))
                .build();
        return running(world.daemon("web", notOnEdges, DeploymentConfiguration.of(50, 100)));
    }

    private ServiceRevision revision(LoadBalancerMapping mapping) {
        return ServiceRevision.of(first.id())
                .but()
                .loadBalancers(List.of(mapping))
                .build();
    }

    /** On its host's network, so that its targets are known without a report of ports. */
    private TaskDefinition definition(int revision) {
        return world.put(GivenDefinition.definition("web", revision)
                .container(Containers.checked())
                .networkMode(NetworkMode.HOST)
                .registeredAt(world.now)
                .build());
    }

    private Service running(Service service) {
        world.rest();
        return world.service(service.name());
    }

    Task task() {
        return world.running("web").get(0);
    }
}
