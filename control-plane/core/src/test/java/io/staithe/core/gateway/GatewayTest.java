package io.staithe.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Setting;
import io.staithe.core.model.Tag;
import io.staithe.core.model.Task;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, as what, and what the agent is told first. */
class GatewayTest extends GatewayScene {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "VERSION, VERSION, this control plane speaks agent protocol 1",
        "TOKEN, CREDENTIALS, the join token is wrong",
        "SECRET, CREDENTIALS, another host has this container instance id",
        "INCARNATION, STALE, a newer incarnation of this host has been seen",
        "CLUSTER, INVALID, there is no cluster elsewhere",
        "ADDRESS, INVALID, address: must be a host name or an IP address",
    })
    void whoIsRefusedHearsWhy(String wrong, Refusal.Code code, String why) {
        joins(1, host.incarnation(2).build());
        gateway.closed(1);
        run();
        Hello hello =
                switch (wrong) {
                    case "VERSION" -> host.version(2).build();
                    case "TOKEN" -> host.token("guessed").build();
                    case "SECRET" -> host.secret("another").build();
                    case "INCARNATION" -> host.incarnation(1).build();
                    case "CLUSTER" -> host.cluster("elsewhere").build();
                    default -> host.address("not an address").build();
                };
        gateway.hello(2, hello, world.now);
        Refusal refusal = assertInstanceOf(Outbound.Refused.class, only(run())).refusal();
        assertEquals(code, refusal.code());
        assertTrue(refusal.message().startsWith(why), refusal.message());
        assertEquals(0, gateway.sessions());
    }

    @Test
    void withoutAJoinTokenNobodyIsLetIn() {
        world.delete(new Key(Kind.SETTING, Setting.JOIN_TOKEN_HASH));
        gateway.on(world.state());
        gateway.hello(1, host.token("").build(), world.now);
        assertInstanceOf(Outbound.Refused.class, only(run()));
    }

    @Test
    void aFullGatewayRefusesNewHostsOnly() {
        for (int i = 1; i <= 3; i++) joins(i, GivenHello.host(i).build());
        gateway.hello(4, GivenHello.host(4).build(), world.now);
        assertEquals(
                Refusal.Code.BUSY,
                assertInstanceOf(Outbound.Refused.class, only(run())).refusal().code());
        gateway.hello(5, GivenHello.host(3).build(), world.now);
        assertTrue(run().stream().noneMatch(Outbound.Refused.class::isInstance));
    }

    @Test
    void isRegisteredFirstAndThenWelcomedAndToldEverythingAndThenOnlyWhatChanges() {
        gateway.hello(1, host.build(), world.now);
        assertEquals(List.of(), gateway.outbox(), "not before it is registered");
        List<Outbound> first = run();
        assertEquals(new Outbound.Welcome(1, Gateway.HEARTBEAT_INTERVAL, "epoch-1"), first.get(0));
        assertTrue(((Outbound.Deliver) first.get(1)).delta().full());
        assertEquals(2, first.size());
        assertEquals(List.of(), run());
        Task task = placed(1);
        Outbound.Deliver next = assertInstanceOf(Outbound.Deliver.class, only(run()));
        assertFalse(next.delta().full());
        assertEquals(
                List.of("task/" + task.id()),
                next.delta().put().stream().map(i -> i.id()).toList());
        world.put(new Setting("unrelated", "1"));
        assertEquals(List.of(), run());
    }

    @Test
    void registersTheHostWithItsSessionInOneCommit() {
        gateway.hello(1, host.build(), world.now);
        Plan plan = gateway.next(world.now).orElseThrow();
        assertEquals(
                List.of(Key.instance(host.id()), Key.session(host.id())),
                plan.changes().stream().map(change -> change.key()).toList());
        assertEquals(Optional.empty(), gateway.next(world.now), "one plan is in flight");
    }

    @Test
    void aSlowAgentGetsLaterInOneDifferenceWhatItMisses() {
        joins(1, host.build());
        placed(1);
        gateway.on(world.state());
        assertEquals(List.of(), gateway.outbox(session -> false));
        placed(2);
        gateway.on(world.state());
        assertEquals(
                2, ((Outbound.Deliver) only(gateway.outbox())).delta().put().size());
    }

    @Test
    void aDeregisteredHostIsNotRevivedByItsRuntime() {
        joins(1, host.build());
        world.put(instance().but().status(ContainerInstance.Status.INACTIVE).build());
        gateway.on(world.state());
        gateway.heartbeat(1, false, world.now);
        run();
        assertEquals(ContainerInstance.Status.INACTIVE, instance().status());
        assertFalse(session().runtimeHealthy());
    }

    @Test
    void aDrainingHostStaysSoThroughANewRegistration() {
        joins(1, host.build());
        world.put(instance().but().status(ContainerInstance.Status.DRAINING).build());
        gateway.closed(1);
        run();
        joins(2, host.build());
        assertEquals(ContainerInstance.Status.DRAINING, instance().status());
    }

    @Test
    void aLostHostThatReturnsIsActive() {
        joins(1, host.build());
        gateway.closed(1);
        run();
        world.settle().pass(Duration.ofMinutes(1)).settle();
        assertEquals(ContainerInstance.Status.LOST, instance().status());
        joins(2, host.build());
        assertEquals(ContainerInstance.Status.LOST, instance().status(), "that is not for the gateway to decide");
        world.settle();
        assertEquals(ContainerInstance.Status.ACTIVE, instance().status());
        assertTrue(instance().isConnected());
    }

    @Test
    void aDeregisteredHostThatRegistersAnewIsActive() {
        joins(1, host.build());
        world.put(instance().but().status(ContainerInstance.Status.INACTIVE).build());
        gateway.on(world.state());
        joins(2, host.build());
        world.settle();
        assertEquals(ContainerInstance.Status.ACTIVE, instance().status());
        assertTrue(instance().isConnected());
    }

    @Test
    void aHostThatRegistersAnewKeepsWhatWasDecidedAboutIt() {
        joins(1, host.build());
        world.put(instance()
                .but()
                .tags(List.of(new Tag("team", "web")))
                .userAttributes(List.of(new Attribute("disk", "ssd")))
                .build());
        gateway.closed(1);
        run();
        ContainerInstance before = instance();
        world.pass(Duration.ofHours(1));
        joins(2, host.address("10.0.0.2").build());
        assertEquals(before.registeredAt(), instance().registeredAt());
        assertEquals(before.tags(), instance().tags());
        assertEquals(Optional.of("ssd"), instance().attribute("disk"));
        assertEquals("10.0.0.2", instance().address());
    }
}
