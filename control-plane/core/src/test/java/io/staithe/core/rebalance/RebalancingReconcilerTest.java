package io.staithe.core.rebalance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.Key;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.RebalancingStatus.HeldBack;
import java.util.List;
import org.junit.jupiter.api.Test;

class RebalancingReconcilerTest {
    private final GivenZones given = new GivenZones();

    @Test
    void aClusterThatIsDeletedIsForgotten() {
        given.world.put(new RebalancingStatus(
                World.CLUSTER, List.of(), List.of(new HeldBack("service web", "YOUNG", "it is young")), List.of()));
        given.world.settle();
        assertTrue(given.world.state().rebalancing(World.CLUSTER).isPresent());
        given.world.put(given.cluster().but().status(Cluster.Status.INACTIVE).build());
        given.world.settle();
        assertTrue(given.world.state().rebalancing(World.CLUSTER).isEmpty());
    }

    @Test
    void aClusterWithNothingToMoveCostsNoWrite() {
        given.host("a");
        given.host("b");
        given.balanced("web", 4);
        assertTrue(given.world.state().get(Key.rebalancing(World.CLUSTER)).isEmpty());
        long revision = given.world.state().revision();
        given.world.put(given.cluster());
        given.world.rest();
        assertEquals(revision + 1, given.world.state().revision());
    }
}
