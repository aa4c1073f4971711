package io.staithe.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Setting;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.Plan;
import io.staithe.core.store.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A gateway on a memory store, and what its tests say and hear. */
abstract class GatewayScene {
    final World world = new World();
    Lease lease = world.store.grant(Duration.ofSeconds(10));
    final Gateway gateway = new Gateway("gateway-1", null, 3);
    final GivenHello host = GivenHello.host(1);

    @BeforeEach
    void aControlPlaneThatHosts() {
        world.put(new Setting(Setting.JOIN_TOKEN_HASH, GivenHello.TOKEN));
        world.put(new Setting(Setting.EPOCH, "epoch-1"));
        gateway.on(world.state());
    }

    ContainerInstance instance() {
        return world.host(host.id());
    }

    AgentSession session() {
        return world.state().session(host.id()).orElseThrow();
    }

    void joins(long session, Hello hello) {
        gateway.hello(session, hello, world.now);
        assertTrue(run().stream().anyMatch(Outbound.Welcome.class::isInstance), "is not welcomed");
    }

    /** Lets the gateway do all that it wants to do now; what it sends. */
    List<Outbound> run() {
        for (int i = 0; i < 100; i++) {
            Optional<Plan> plan = next();
            if (plan.isEmpty()) return gateway.outbox();
            commit(plan.get());
        }
        throw new AssertionError("the gateway does not come to rest");
    }

    Optional<Plan> next() {
        gateway.on(world.state());
        return gateway.next(world.now);
    }

    void commit(Plan plan) {
        gateway.on(world.store.commit(plan, lease), world.now);
    }

    Task placed(int number) {
        Task task = GivenTask.task(number)
                .of(world.definition("web", 1, 128))
                .on(instance(), LastStatus.PENDING)
                .build();
        world.put(task);
        return task;
    }

    TaskReport stored(Task task) {
        return world.state().report(task.id()).orElseThrow();
    }

    int targetsKnown() {
        return world.state().count(Kind.TARGET_HEALTH);
    }

    static Outbound only(List<Outbound> out) {
        assertEquals(1, out.size(), out.toString());
        return out.get(0);
    }

    static Reports tasks(TaskReport... reports) {
        return new Reports(false, List.of(reports), List.of(), List.of());
    }

    static Reports targets(boolean full, TargetHealth... targets) {
        return new Reports(full, List.of(), List.of(targets), List.of());
    }

    TargetHealth target(Task task, String group) {
        return new TargetHealth(host.id(), task.id(), group, "app", 8080, TargetHealth.State.HEALTHY, null);
    }

    TaskReport report(Task task, long sequence, ContainerReport.State to) {
        return report(task.id(), host.id(), 1, sequence, to);
    }

    TaskReport inNameOf(TaskReport report, InstanceId instance, long incarnation) {
        return report(report.task(), instance, incarnation, report.sequence(), report.lastStatus());
    }

    TaskReport report(TaskId task, InstanceId instance, long incarnation, long sequence, ContainerReport.State to) {
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
