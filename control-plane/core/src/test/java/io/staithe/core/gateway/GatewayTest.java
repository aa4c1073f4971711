package io.staithe.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Setting;
import io.staithe.core.model.Tag;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {
    private final World world = new World();
    private Lease lease = world.store.grant(Duration.ofSeconds(10));
    private final Gateway gateway = new Gateway("gateway-1", null, 3);
    private final GivenHello host = GivenHello.host(1);

    @BeforeEach
    void aControlPlaneThatHosts() {
        world.put(new Setting(Setting.JOIN_TOKEN_HASH, GivenHello.TOKEN));
        world.put(new Setting(Setting.EPOCH, "epoch-1"));
        gateway.on(world.state());
    }

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
    void reportsAreStored() {
        joins(1, host.build());
        Task task = placed(1);
        gateway.reports(1, tasks(report(task, 1, ContainerReport.State.RUNNING)), world.now);
        run();
        assertEquals(1, stored(task).sequence());
    }

    @Test
    void onlyANewerReportCounts() {
        joins(1, host.build());
        Task task = placed(1);
        gateway.reports(
                1,
                tasks(report(task, 3, ContainerReport.State.RUNNING), report(task, 2, ContainerReport.State.PENDING)),
                world.now);
        run();
        assertEquals(3, stored(task).sequence());
        gateway.reports(1, tasks(report(task, 3, ContainerReport.State.STOPPED)), world.now);
        assertEquals(Optional.empty(), next());
        gateway.reports(1, tasks(report(task, 4, ContainerReport.State.STOPPED)), world.now);
        run();
        gateway.reports(1, tasks(report(task, 5, ContainerReport.State.RUNNING)), world.now);
        run();
        assertEquals(4, stored(task).sequence(), "what has stopped stays stopped");
    }

    @Test
    void anAgentSpeaksForItselfOnly() {
        joins(1, host.build());
        joins(2, GivenHello.host(2).build());
        Task ours = placed(1);
        TaskReport report = report(ours, 1, ContainerReport.State.RUNNING);
        gateway.reports(2, tasks(report), world.now);
        assertEquals(Optional.empty(), next(), "a report in another host's name");
        gateway.reports(2, tasks(inNameOf(report, GivenHello.host(2).id(), 1)), world.now);
        assertEquals(Optional.empty(), next(), "a report on another host's task");
        gateway.reports(1, tasks(inNameOf(report, host.id(), 7)), world.now);
        assertEquals(Optional.empty(), next(), "a report of another incarnation");
        gateway.reports(9, tasks(report), world.now);
        assertEquals(Optional.empty(), next(), "a report of no session");
    }

    @Test
    void aHostThatIsNoEdgeSaysNothingOfTargets() {
        joins(1, host.build());
        Task task = placed(1);
        gateway.reports(1, targets(false, target(task, "web")), world.now);
        assertEquals(Optional.empty(), next());
    }

    @Test
    void aFullReportRemovesTheTargetsThatAreNotInIt() {
        joins(1, host.edge().build());
        Task task = placed(1);
        gateway.reports(1, targets(true, target(task, "a"), target(task, "b")), world.now);
        run();
        assertEquals(2, targetsKnown());
        gateway.reports(1, targets(true, target(task, "b")), world.now);
        run();
        assertEquals(1, targetsKnown());
        gateway.reports(
                1,
                new Reports(
                        false, List.of(), List.of(), List.of(target(task, "b").target())),
                world.now);
        run();
        assertEquals(0, targetsKnown());
    }

    @Test
    void aFullReportForgetsWhatWasHeardBeforeAndIsNotStoredYet() {
        joins(1, host.edge().build());
        Task task = placed(1);
        gateway.reports(1, targets(false, target(task, "a")), world.now);
        gateway.reports(1, targets(true), world.now);
        run();
        assertEquals(0, targetsKnown());
    }

    @Test
    void aFullReportRemovesWhatIsJustBeingStored() {
        joins(1, host.edge().build());
        Task task = placed(1);
        gateway.reports(1, targets(false, target(task, "a")), world.now);
        Plan plan = next().orElseThrow();
        gateway.reports(1, targets(true), world.now);
        commit(plan);
        run();
        assertEquals(0, targetsKnown());
    }

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
    void aRuntimeThatStopsAnsweringIsKnown() {
        joins(1, host.build());
        gateway.heartbeat(1, false, world.now);
        run();
        assertFalse(session().runtimeHealthy());
        gateway.heartbeat(1, true, world.now);
        assertEquals(List.of(), run(), "nobody is welcomed twice");
        assertTrue(session().runtimeHealthy());
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

    @Test
    void manyReportsAreStoredInSeveralCommits() {
        joins(1, host.build());
        Task[] tasks = new Task[300];
        for (int i = 0; i < tasks.length; i++) tasks[i] = placed(i);
        for (Task task : tasks) gateway.reports(1, tasks(report(task, 1, ContainerReport.State.RUNNING)), world.now);
        run();
        assertEquals(tasks.length, world.state().count(Kind.TASK_REPORT));
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

    private ContainerInstance instance() {
        return world.host(host.id());
    }

    private AgentSession session() {
        return world.state().session(host.id()).orElseThrow();
    }

    private void joins(long session, Hello hello) {
        gateway.hello(session, hello, world.now);
        assertTrue(run().stream().anyMatch(Outbound.Welcome.class::isInstance), "is not welcomed");
    }

    /** Lets the gateway do all that it wants to do now; what it sends. */
    private List<Outbound> run() {
        for (int i = 0; i < 100; i++) {
            Optional<Plan> plan = next();
            if (plan.isEmpty()) return gateway.outbox();
            commit(plan.get());
        }
        throw new AssertionError("the gateway does not come to rest");
    }

    private Optional<Plan> next() {
        gateway.on(world.state());
        return gateway.next(world.now);
    }

    private void commit(Plan plan) {
        gateway.on(world.store.commit(plan, lease), world.now);
    }

    private Task placed(int number) {
        Task task = GivenTask.task(number)
                .of(world.definition("web", 1, 128))
                .on(instance(), LastStatus.PENDING)
                .build();
        world.put(task);
        return task;
    }

    private TaskReport stored(Task task) {
        return world.state().report(task.id()).orElseThrow();
    }

    private int targetsKnown() {
        return world.state().count(Kind.TARGET_HEALTH);
    }

    private static Outbound only(List<Outbound> out) {
        assertEquals(1, out.size(), out.toString());
        return out.get(0);
    }

    private static Reports tasks(TaskReport... reports) {
        return new Reports(false, List.of(reports), List.of(), List.of());
    }

    private static Reports targets(boolean full, TargetHealth... targets) {
        return new Reports(full, List.of(), List.of(targets), List.of());
    }

    private TargetHealth target(Task task, String group) {
        return new TargetHealth(host.id(), task.id(), group, "app", 8080, TargetHealth.State.HEALTHY, null);
    }

    private TaskReport report(Task task, long sequence, ContainerReport.State to) {
        return report(task.id(), host.id(), 1, sequence, to);
    }

    private TaskReport inNameOf(TaskReport report, InstanceId instance, long incarnation) {
        return report(report.task(), instance, incarnation, report.sequence(), report.lastStatus());
    }

    private TaskReport report(
            TaskId task, InstanceId instance, long incarnation, long sequence, ContainerReport.State to) {
        return new TaskReport(
                task,
                instance,
                incarnation,
                sequence,
                to,
                HealthStatus.UNKNOWN,
                List.of(),
                null,
                null,
                world.now,
                null,
                null,
                null,
                null);
    }
}
