package io.staithe.core.instance;

import static io.staithe.core.model.ContainerInstance.Status.ACTIVE;
import static io.staithe.core.model.ContainerInstance.Status.DRAINING;
import static io.staithe.core.model.ContainerInstance.Status.INACTIVE;
import static io.staithe.core.model.ContainerInstance.Status.LOST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerInstance.Status;
import io.staithe.core.model.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceReconcilerTest {
    private final World world = new World();
    private final ContainerInstance host = world.host("host", 1024, 1024);

    @Test
    void aConnectedHostIsLeftAlone() {
        world.settle();
        long revision = world.state().revision();
        world.pass(Duration.ofDays(1)).settle();
        assertEquals(revision, world.state().revision());
    }

    @ParameterizedTest(name = "{0} without a session: then {1}, and with one again {2}")
    @CsvSource({
        "ACTIVE, LOST, ACTIVE",
        "DRAINING, DRAINING, DRAINING",
        "LOST, LOST, ACTIVE",
        "INACTIVE, INACTIVE, ACTIVE"
    })
    void losesAndFindsAHost(Status status, Status afterHalfAMinute, Status whenBack) {
        world.put(host.but().status(status).build());
        world.disconnects(host);
        world.settle();
        assertEquals(status, now().status());
        assertEquals(world.now, now().disconnectedSince());
        world.pass(Duration.ofMillis(29_999)).settle();
        assertEquals(status, now().status());
        world.pass(Duration.ofMillis(1)).settle();
        assertEquals(afterHalfAMinute, now().status());
        world.connects(host);
        world.settle();
        assertEquals(whenBack, now().status());
        assertEquals(true, now().isConnected());
    }

    @Test
    void aDeregisteredHostThatIsStillConnectedStaysDeregistered() {
        world.put(host.but().status(INACTIVE).build());
        world.settle().pass(Duration.ofMinutes(5)).settle();
        assertEquals(INACTIVE, now().status());
    }

    @Test
    void aShortAbsenceIsForgotten() {
        world.disconnects(host);
        world.settle().pass(Duration.ofSeconds(20));
        world.connects(host);
        world.settle().pass(Duration.ofSeconds(20));
        world.disconnects(host);
        world.settle().pass(Duration.ofSeconds(29)).settle();
        assertEquals(ACTIVE, now().status());
        world.pass(Duration.ofSeconds(1)).settle();
        assertEquals(LOST, now().status());
    }

    @Test
    void saysWhatHappened() {
        world.disconnects(host);
        world.settle().pass(Duration.ofSeconds(30)).settle();
        world.connects(host);
        world.settle();
        assertEquals(
                List.of(
                        "host host is out of reach",
                        "host host is lost: out of reach since 2026-01-01T00:00:00Z",
                        "host host is connected"),
                world.messages());
    }

    @Test
    void wakesWhenAHostCountsAsLost() {
        world.disconnects(host);
        world.settle();
        assertEquals(Optional.of(world.now.plusSeconds(30)), world.wakeAt());
    }

    @Test
    void aDrainingHostIsNotToldLost() {
        world.put(host.but().status(DRAINING).build());
        world.disconnects(host);
        world.settle().pass(Duration.ofMinutes(1)).settle();
        assertEquals(List.of("host host is out of reach"), world.messages());
    }

    @Test
    void aSessionOfAnUnknownHostChangesNothing() {
        world.delete(Key.instance(host.id()));
        world.settle();
        assertEquals(Optional.empty(), world.state().instance(host.id()));
    }

    private ContainerInstance now() {
        return world.host(host.id());
    }
}
