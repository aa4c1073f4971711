package io.staithe.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Setting;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a session lasts, and what ends it. */
class SessionsTest extends GatewayScene {
    @Test
    void silenceClosesASession() {
        joins(1, host.build());
        world.pass(Gateway.MAX_SILENCE.minusMillis(1));
        assertEquals(List.of(), run());
        world.pass(Duration.ofMillis(1));
        assertEquals(new Outbound.Close(1, "silent for more than 15 s"), only(run()));
        assertTrue(world.state().session(host.id()).isEmpty());
        assertEquals(Optional.empty(), gateway.sessionOf(host.id()));
    }

    @Test
    void whoSpeaksIsNotSilent() {
        joins(1, host.build());
        world.pass(Duration.ofSeconds(14));
        gateway.heartbeat(1, true, world.now);
        world.pass(Duration.ofSeconds(14));
        gateway.reports(1, tasks(), world.now);
        world.pass(Duration.ofSeconds(14));
        assertEquals(List.of(), run());
        assertEquals(Optional.of(1L), gateway.sessionOf(host.id()));
    }

    @Test
    void aNewerSessionOfTheSameHostClosesTheOlder() {
        joins(1, host.build());
        gateway.hello(2, host.build(), world.now);
        List<Outbound> out = run();
        assertEquals(new Outbound.Close(1, "the host opened a newer session"), out.get(0));
        assertInstanceOf(Outbound.Welcome.class, out.get(1));
        assertTrue(((Outbound.Deliver) out.get(2)).delta().full());
        gateway.closed(1);
        run();
        assertTrue(world.state().session(host.id()).isPresent(), "the end of the older changes nothing");
    }

    @Test
    void aHostThatMovedToAnotherProcessIsNotTakenBack() {
        joins(1, host.build());
        Gateway other = new Gateway("gateway-2", null, 3);
        Lease otherLease = world.store.grant(Duration.ofSeconds(10));
        other.on(world.state());
        other.hello(1, host.build(), world.now);
        for (int i = 0; i < 5; i++) {
            other.on(world.state());
            other.next(world.now).ifPresent(plan -> other.on(world.store.commit(plan, otherLease), world.now));
            run();
        }
        assertEquals("gateway-2", world.state().session(host.id()).orElseThrow().gateway());
        assertEquals(0, gateway.sessions());
    }

    @Test
    void aStreamThatEndsEndsItsSession() {
        joins(1, host.build());
        gateway.closed(1);
        assertEquals(List.of(), run());
        assertTrue(world.state().session(host.id()).isEmpty());
        assertTrue(world.state().instance(host.id()).isPresent());
    }

    @Test
    void aSessionThatEndsBeforeItsRegistrationIsAnsweredEndsInTheStoreToo() {
        gateway.hello(1, host.build(), world.now);
        Plan plan = gateway.next(world.now).orElseThrow();
        gateway.closed(1);
        gateway.on(new CommitResult.Unknown("timed out"), world.now);
        world.put(new Setting("unrelated", "1"));
        run();
        world.store.commit(plan, lease);
        run();
        assertTrue(world.state().session(host.id()).isEmpty());
    }

    @Test
    void aLostLeaseClosesEverySession() {
        joins(1, host.build());
        joins(2, GivenHello.host(2).build());
        world.store.expire(lease);
        gateway.leaseLost("the lease is lost");
        lease = world.store.grant(Duration.ofSeconds(10));
        assertEquals(
                List.of(new Outbound.Close(1, "the lease is lost"), new Outbound.Close(2, "the lease is lost")), run());
        assertEquals(0, gateway.sessions());
        joins(3, host.build());
        assertTrue(world.state().session(host.id()).isPresent());
    }

    @Test
    void aRuntimeThatStopsAnsweringIsKnown() {
        joins(1, host.build());
        gateway.heartbeat(1, false, world.now);
        run();
        assertFalse(session().runtimeHealthy());
        gateway.heartbeat(1, true, world.now);
        assertEquals(List.of(), run(), "nobody is welcomed twice");
        assertTrue(session().runtimeHealthy());
    }
}
