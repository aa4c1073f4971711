package io.staithe.core.workload;

import io.staithe.core.World;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Versioned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The hosts of a workload as a state has them: connected, and without a task. A host's name is its number. */
public final class SimulatedCluster {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private SimulatedCluster() {}

    public static ClusterState of(List<HostShape> hosts) {
        List<Versioned<?>> objects = new ArrayList<>();
        for (int number = 0; number < hosts.size(); number++) {
            ContainerInstance host = host(number, hosts.get(number));
            objects.add(new Versioned<>(host, 1));
            objects.add(new Versioned<>(new AgentSession(host.id(), "gateway", 1, NOW, true), 1));
        }
        return ClusterState.of(1, objects);
    }

    /** Which of those hosts it is. */
    public static int number(ContainerInstance host) {
        return Integer.parseInt(host.hostName());
    }

    private static ContainerInstance host(int number, HostShape shape) {
        List<Attribute> attributes = shape.attributes().entrySet().stream()
                .map(attribute -> new Attribute(attribute.getKey(), attribute.getValue()))
                .toList();
        return ContainerInstance.of(
                        new InstanceId(String.format("%016x%016x", number, number)),
                        World.CLUSTER,
                        Integer.toString(number),
                        new Resources(shape.cpu(), shape.memory(), shape.gpus()),
                        NOW)
                .but()
                .attributes(attributes)
                .build();
    }
}
