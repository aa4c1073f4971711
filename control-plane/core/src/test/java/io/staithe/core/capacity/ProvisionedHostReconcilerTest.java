package io.staithe.core.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenDefinition;
import io.staithe.core.World;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostReport;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.ProvisionedHost.Status;
import io.staithe.core.model.Resources;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvisionedHostReconcilerTest {
    private final World world = new World();
    private final HostGroup group = world.put(GivenHost.fargate(HostGroup.Isolation.DEDICATED));

    @Test
    void aHostGoesThroughItsLife() {
        requested(false);
        says(HostReport.State.ASKED, null);
        assertEquals(Status.REQUESTED, status());
        says(HostReport.State.STARTING, null);
        assertEquals(Status.STARTING, status());
        registers();
        assertEquals(Status.JOINED, status());
        world.connects(instance());
        world.settle();
        assertEquals(Status.READY, status());
        assertEquals(world.now, host().emptySince());
    }

    @Test
    void aHostThatDoesNotJoinInTimeHasFailed() {
        requested(false);
        says(HostReport.State.STARTING, null);
        world.pass(Duration.ofSeconds(60)).settle();
        assertEquals(Status.FAILED, status());
        assertEquals("it did not join in time", host().endReason());
        assertNull(host().endedAt());
        says(HostReport.State.GONE, null);
        assertNotNull(host().endedAt());
    }

    @Test
    void whatCannotBeHadIsSaidInTheProvidersWords() {
        requested(false);
        says(HostReport.State.UNAVAILABLE, "no m6i.large left");
        assertEquals(Status.REQUESTED, status());
        world.pass(Duration.ofSeconds(60)).settle();
        assertEquals("it could not be had in time: no m6i.large left", host().endReason());
    }

    @Test
    void whatIsRefusedHasFailedAtOnce() {
        requested(false);
        says(HostReport.State.REFUSED, "there is no such type");
        assertEquals(Status.FAILED, status());
        assertEquals("the provider refuses it: there is no such type", host().endReason());
    }

    @Test
    void aHostThatVanishesIsLostAndItsTasksAreReplaced() {
        ready(false);
        says(HostReport.State.GONE, null);
        assertEquals(Status.LOST, status());
        assertEquals(ContainerInstance.Status.INACTIVE, instance().status());
        assertNotNull(host().endedAt());
    }

    @Test
    void aDedicatedHostGoesWithItsTask() {
        ready(true);
        TaskDefinition definition = world.put(GivenDefinition.definition("job", 1)
                .cpu(1024)
                .memory(2048)
                .registeredAt(world.now)
                .build());
        world.service("web", revision(definition), 1, DeploymentConfiguration.DEFAULT);
        world.converge();
        assertEquals(GivenHost.ID, world.running("web").get(0).instance());
        assertNull(host().emptySince());
        world.dies(world.running("web").get(0).id());
        world.settle();
        assertEquals(Status.STOPPING, status());
        assertEquals("its task has ended", host().endReason());
        assertTrue(world.active("web").stream().allMatch(task -> task.instance() == null));
    }

    @Test
    void anInterruptedHostDrainsWithinTheNotice() {
        ready(false);
        says(HostReport.State.INTERRUPTED, "spot capacity is needed");
        assertEquals(Status.STOPPING, status());
        assertEquals("the provider takes it back: spot capacity is needed", host().endReason());
    }

    @Test
    void itsContainerInstanceIsForgottenWhenTheProviderHasItNoLonger() {
        ready(false);
        says(HostReport.State.GONE, null);
        assertEquals(ContainerInstance.Status.INACTIVE, instance().status());
        world.disconnects(instance());
        world.settle();
        assertTrue(world.state().instance(GivenHost.ID).isEmpty());
        assertEquals(Status.LOST, status());
    }

    /** A daemon's task does not keep a host; drained, it would end in its own time. */
    @ParameterizedTest
    @CsvSource({"true, RUNNING, DRAINING", "false, RUNNING, STOPPING", "false, INTERRUPTED, DRAINING"})
    void aHostIsDrainedWhereItsCapacityProviderSaysSo(boolean drained, HostReport.State said, Status then) {
        world.put(GivenHost.group("hosts", 0, 10, GivenHost.small()));
        world.put(new CapacityProvider("pool", "hosts", ManagedScaling.DEFAULT, false, drained, List.of(), world.now));
        world.put(GivenHost.requested(group, "pool", world.now));
        registers();
        world.connects(instance());
        world.daemon("logs", world.definition("logs", 1, 64));
        world.converge();
        assertEquals(1, world.running("logs").size());
        says(said, "soon");
        if (said != HostReport.State.INTERRUPTED)
            world.put(host().but().ending(Status.DRAINING, "a test", world.now).build());
        world.settle();
        assertEquals(then, status());
    }

    @Test
    void oneThatIsOverIsForgottenAfterAnHour() {
        requested(false);
        says(HostReport.State.REFUSED, "no");
        says(HostReport.State.GONE, null);
        world.pass(ProvisionedHostReconciler.KEPT).settle();
        assertTrue(world.state().provisionedHost(GivenHost.ID).isEmpty());
        assertTrue(world.state().hostReport(GivenHost.ID).isEmpty());
    }

    private ServiceRevision revision(TaskDefinition definition) {
        return ServiceRevision.of(definition.id())
                .but()
                .capacity("FARGATE", List.of())
                .build();
    }

    private void requested(boolean dedicated) {
        world.put(GivenHost.requested(group, dedicated, world.now));
        world.settle();
    }

    private void ready(boolean dedicated) {
        requested(dedicated);
        says(HostReport.State.RUNNING, null);
        registers();
        world.connects(instance());
        world.settle();
        assertEquals(Status.READY, status());
    }

    private void registers() {
        ProvisionedHost host = host();
        world.put(ContainerInstance.of(GivenHost.ID, World.CLUSTER, "bought", new Resources(1024, 2048, 0), world.now)
                .but()
                .capacity(host.capacityProvider(), host.dedicated())
                .build());
        world.settle();
    }

    private void says(HostReport.State state, @Nullable String message) {
        world.put(new HostReport(GivenHost.ID, state, "hash", null, message, world.now));
        world.settle();
    }

    private Status status() {
        return host().status();
    }

    private ProvisionedHost host() {
        return world.state().provisionedHost(GivenHost.ID).orElseThrow();
    }

    private ContainerInstance instance() {
        return Objects.requireNonNull(world.host(GivenHost.ID));
    }
}
