package io.staithe.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Key;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One plan at a time, whatever the store answers. */
class GatewayCommitsTest extends GatewayScene {
    @Test
    void afterAConflictItWaitsForTheStateThatExplainsIt() {
        gateway.hello(1, host.build(), world.now);
        assertTrue(gateway.next(world.now).isPresent());
        gateway.on(new CommitResult.Conflict(Key.session(host.id())), world.now);
        assertEquals(Optional.empty(), gateway.next(world.now));
        assertEquals(Optional.of(world.now.plusMillis(200)), gateway.wakeAt());
        world.put(new Setting("unrelated", "1"));
        gateway.on(world.state());
        assertTrue(gateway.next(world.now).isPresent());
    }

    @Test
    void afterAnUnknownEndItTriesAgainWithoutHarm() {
        gateway.hello(1, host.build(), world.now);
        Plan plan = gateway.next(world.now).orElseThrow();
        world.store.commit(plan, lease);
        gateway.on(new CommitResult.Unknown("timed out"), world.now);
        world.pass(Duration.ofMillis(200));
        Plan again = gateway.next(world.now).orElseThrow();
        CommitResult conflict = world.store.commit(again, lease);
        assertInstanceOf(CommitResult.Conflict.class, conflict);
        gateway.on(conflict, world.now);
        assertInstanceOf(Outbound.Welcome.class, run().get(0));
    }

    @Test
    void wakesForSilenceOnly() {
        assertEquals(Optional.empty(), gateway.wakeAt());
        joins(1, host.build());
        assertEquals(Optional.of(world.now.plus(Gateway.MAX_SILENCE)), gateway.wakeAt());
    }

    @Test
    void aWakeUpIsNeverInThePastTwice() {
        joins(1, host.build());
        gateway.hello(2, GivenHello.host(2).build(), world.now);
        for (int i = 0; i < 50; i++) {
            Optional<Plan> plan = gateway.next(world.now);
            gateway.wakeAt().ifPresent(at -> assertTrue(at.isAfter(world.now), at + " has passed at " + world.now));
            plan.ifPresent(p -> gateway.on(new CommitResult.Conflict(Key.session(host.id())), world.now));
            gateway.wakeAt().ifPresent(at -> world.now = at);
        }
    }
}
