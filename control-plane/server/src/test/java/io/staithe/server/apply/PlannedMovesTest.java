package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code staithe apply --plan} shows what the mover would do. */
final class PlannedMovesTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    @Test
    void anotherRebalancingConfigurationShowsItsMoves() {
        apply("{kind: Service, serviceName: web, taskDefinition: web, desiredCount: 2}", false);
        ecs.settle();
        anEmptyZone();
        long revision = ecs.state().revision();
        String cluster = "{kind: Cluster, clusterName: default, rebalancing: {minimumTaskAgeSeconds: %d}}";
        ApplyResult.TaskChanges planned = apply(cluster.formatted(0), true).tasks();
        assertEquals(1, planned.move().size());
        ApplyResult.Move move = planned.move().get(0);
        assertEquals("default/web", move.service());
        assertEquals("h1", move.from());
        assertEquals("h2", move.to());
        assertEquals("has 2 tasks in Availability Zone zone-a and 0 in zone-b; afterwards it has 1 and 1", move.why());
        assertEquals(List.of(), planned.start(), "the replacement is part of the move");
        assertEquals(List.of(), planned.stop());
        assertEquals(List.of(), apply(cluster.formatted(3600), true).tasks().move());
        assertEquals(revision, ecs.state().revision());
    }

    private ApplyResult apply(String yaml, boolean dryRun) {
        return api.apply(List.of(ManifestFile.of("a.yaml", yaml)), dryRun, null, EcsFixture.CALLER);
    }

    private void anEmptyZone() {
        ContainerInstance host = EcsFixture.host("b", "h2")
                .but()
                .attributes(List.of(new Attribute(Attribute.AVAILABILITY_ZONE, "zone-b")))
                .build();
        ecs.put(host, new AgentSession(host.id(), "gateway-1", 1, EcsFixture.NOW, true));
    }
}
