package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service that was deployed again and again before anything of it had stopped. */
class ManyDeploymentsTest {
    private static final int OLDER = 130;

    private final World world = new World();
    private final TaskDefinition definition = world.definition("web", 1, 16);
    private final ContainerInstance host = world.host("host", 65_536, 65_536);
    private final Service service = world.service("web", definition, 2);

    @Test
    void areReplacedAFewInEachStep() {
        for (int i = 0; i < OLDER; i++) older(i, true);
        Plan first = new ServiceReconciler().reconcile(world.state(), service.key(), world.now);
        assertTrue(first.changes().size() + first.guards().size() < Plan.MAX_OPERATIONS);
        world.rest();
        assertEquals(2, world.active("web").size());
        assertAllOver();
    }

    @Test
    void thatAllEndAtOnceAreOverBeforeTheServiceIs() {
        for (int i = 0; i < OLDER; i++) older(i, false);
        world.put(world.service("web").but().status(Service.Status.DRAINING).build());
        world.rest();
        assertEquals(Service.Status.INACTIVE, world.service("web").status());
        assertAllOver();
    }

    private void assertAllOver() {
        List<Deployment> left = world.state()
                .deploymentsOf(service.id())
                .filter(deployment -> !deployment.id().equals(service.deployment()))
                .filter(deployment -> deployment.status() != Deployment.Status.INACTIVE)
                .toList();
        assertEquals(List.of(), left);
    }

    private void older(int number, boolean hasATask) {
        DeploymentId id = world.nextDeployment();
        world.put(Deployment.of(
                service.but()
                        .deployment(id, service.revision(), world.now, null)
                        .build(),
                world.now));
        if (hasATask)
            world.put(GivenTask.task(number + 1)
                    .of(definition)
                    .of(service, 0)
                    .deployment(id)
                    .on(host, LastStatus.PENDING)
                    .build());
    }
}
