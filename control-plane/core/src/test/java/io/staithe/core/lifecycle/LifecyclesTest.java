package io.staithe.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.ProvisionedHost;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifecyclesTest {
    @Test
    void task() {
        new Matrix<>(LastStatus.class, TaskLifecycle.Event.class, """
                             PLACED   CONTAINERS_RUN  TARGETS_ADDED  ASKED_TO_STOP  TARGETS_GONE  CONTAINERS_ENDED  HOST_LOST
                PROVISIONING PENDING  .               .              STOPPED        .             .                 .
                PENDING      .        ACTIVATING      .              DEACTIVATING   .             STOPPED           STOPPED
                ACTIVATING   .        .               RUNNING        DEACTIVATING   .             STOPPED           STOPPED
                RUNNING      .        .               .              DEACTIVATING   .             STOPPED           STOPPED
                DEACTIVATING .        .               .              .              STOPPING      STOPPED           STOPPED
                STOPPING     .        .               .              .              .             STOPPED           STOPPED
                STOPPED      .        .               .              .              .             .                 .
                """).check(TaskLifecycle.TABLE);
    }

    @Test
    void instance() {
        new Matrix<>(ContainerInstance.Status.class, InstanceLifecycle.Event.class, """
                         OUT_OF_REACH  CONNECTED  DRAIN_ASKED  ACTIVE_ASKED  DEREGISTERED
                ACTIVE   LOST          .          DRAINING     .             INACTIVE
                DRAINING .             .          .            ACTIVE        INACTIVE
                LOST     .             ACTIVE     DRAINING     .             INACTIVE
                INACTIVE .             ACTIVE     .            .             .
                """).check(InstanceLifecycle.TABLE);
    }

    @Test
    void provisionedHost() {
        new Matrix<>(ProvisionedHost.Status.class, ProvisionedLifecycle.Event.class, """
                          ACCEPTED  REGISTERED  ANSWERS  RELEASED  EMPTIED   FAILED  VANISHED  GONE
                REQUESTED STARTING  JOINED      .        STOPPING  .         FAILED  .         .
                STARTING  .         JOINED      .        STOPPING  .         FAILED  LOST      .
                JOINED    .         .           READY    DRAINING  .         .       LOST      .
                READY     .         .           .        DRAINING  .         .       LOST      .
                DRAINING  .         .           .        .         STOPPING  .       LOST      .
                STOPPING  .         .           .        .         .         .       .         STOPPED
                STOPPED   .         .           .        .         .         .       .         .
                LOST      .         .           .        .         .         .       .         .
                FAILED    .         .           .        .         .         .       .         .
                """)
                .check(ProvisionedLifecycle.TABLE);
    }

    @Test
    void rollout() {
        new Matrix<>(Deployment.Status.class, RolloutLifecycle.Event.class, """
                         REPLACED  EMPTIED   RESTORED
                PRIMARY  ACTIVE    .         .
                ACTIVE   .         INACTIVE  PRIMARY
                INACTIVE .         .         PRIMARY
                """).check(RolloutLifecycle.TABLE);
    }

    @Test
    void aTaskOnlyMovesForward() {
        for (LastStatus from : LastStatus.values())
            for (LastStatus to : TaskLifecycle.TABLE.successors(from))
                assertTrue(from.isBefore(to), from + " leads back to " + to);
    }

    @Test
    void aDeploymentOnlyMovesForwardUnlessItComesBack() {
        for (Deployment.Status from : Deployment.Status.values())
            for (Deployment.Status to : RolloutLifecycle.TABLE.successors(from))
                assertTrue(from.compareTo(to) < 0 || to == Deployment.Status.PRIMARY, from + " leads back to " + to);
    }

    @Test
    void everyTaskCanEnd() {
        Set<LastStatus> canEnd = EnumSet.of(LastStatus.STOPPED);
        for (LastStatus ignored : LastStatus.values())
            for (LastStatus from : LastStatus.values()) {
                Set<LastStatus> next = new HashSet<>(TaskLifecycle.TABLE.successors(from));
                next.retainAll(canEnd);
                if (!next.isEmpty()) canEnd.add(from);
            }
        assertEquals(EnumSet.allOf(LastStatus.class), canEnd);
    }

    @Test
    void aPairIsGivenOnce() {
        Transitions<Deployment.Status, RolloutLifecycle.Event> table = new Transitions<
                        Deployment.Status, RolloutLifecycle.Event>()
                .row(Deployment.Status.PRIMARY, RolloutLifecycle.Event.REPLACED, Deployment.Status.ACTIVE);
        assertThrows(
                IllegalStateException.class,
                () -> table.row(
                        Deployment.Status.PRIMARY, RolloutLifecycle.Event.REPLACED, Deployment.Status.INACTIVE));
    }
}
