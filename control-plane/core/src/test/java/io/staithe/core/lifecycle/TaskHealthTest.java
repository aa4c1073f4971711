package io.staithe.core.lifecycle;

import static io.staithe.core.lifecycle.TaskHealth.Verdict.HEALTHY;
import static io.staithe.core.lifecycle.TaskHealth.Verdict.UNDECIDED;
import static io.staithe.core.lifecycle.TaskHealth.Verdict.UNHEALTHY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Containers;
import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskHealthTest {
    private static final LoadBalancerMapping MAPPING = new LoadBalancerMapping("web", "app", 8080);

    private final World world = new World();
    private final ContainerInstance host = world.host("host", 4096, 4096);
    private final Instant start = world.now;

    @Test
    void whatDoesNotRunIsUndecided() {
        Task task = unchecked();
        assertVerdict(task, UNDECIDED, null);
        world.report(task, ContainerReport.State.PENDING, HealthStatus.UNKNOWN, null);
        assertVerdict(task, UNDECIDED, null);
        world.report(task, ContainerReport.State.STOPPED, HealthStatus.UNKNOWN, StopCode.EssentialContainerExited);
        assertVerdict(task, UNDECIDED, null);
    }

    @Test
    void withoutAnyCheckItCountsAfterFortySeconds() {
        Task task = unchecked();
        world.runs(task);
        assertVerdict(task, UNDECIDED, start.plusSeconds(40));
        world.pass(Duration.ofMillis(39_999));
        assertVerdict(task, UNDECIDED, start.plusSeconds(40));
        world.pass(Duration.ofMillis(1));
        assertVerdict(task, HEALTHY, null);
    }

    @Test
    void aContainerCheckDecides() {
        Task task = checked(null);
        reports(task, HealthStatus.UNKNOWN);
        assertVerdict(task, UNDECIDED, null);
        reports(task, HealthStatus.HEALTHY);
        assertVerdict(task, HEALTHY, null);
        reports(task, HealthStatus.UNHEALTHY);
        assertVerdict(task, UNHEALTHY, null);
    }

    @Test
    void withinTheGracePeriodAFailingContainerCheckIsUndecided() {
        Task task = checked(90);
        reports(task, HealthStatus.UNHEALTHY);
        assertVerdict(task, UNDECIDED, start.plusSeconds(90));
        world.pass(Duration.ofSeconds(89));
        assertVerdict(task, UNDECIDED, start.plusSeconds(90));
        world.pass(Duration.ofSeconds(1));
        assertVerdict(task, UNHEALTHY, null);
        assertEquals("Task failed container health checks", verdict(task).cause());
    }

    @Test
    void aTargetHasToBeHealthyOnEveryEdge() {
        ContainerInstance one = world.edge("one");
        ContainerInstance two = world.edge("two");
        Task task = balanced(null);
        world.runs(task);
        world.says(one, task, TargetHealth.State.HEALTHY);
        assertVerdict(task, UNDECIDED, null);
        world.says(two, task, TargetHealth.State.INITIAL);
        assertVerdict(task, UNDECIDED, null);
        world.says(two, task, TargetHealth.State.HEALTHY);
        assertVerdict(task, HEALTHY, null);
    }

    @Test
    void withoutAnEdgeNoTargetIsHealthy() {
        Task task = balanced(null);
        world.runs(task);
        world.pass(Duration.ofHours(1));
        assertVerdict(task, UNDECIDED, null);
    }

    @Test
    void aLostEdgeHasNoSay() {
        ContainerInstance one = world.edge("one");
        ContainerInstance lost = world.edge("lost");
        Task task = balanced(null);
        world.runs(task);
        world.says(one, task, TargetHealth.State.HEALTHY);
        world.says(lost, task, TargetHealth.State.UNHEALTHY);
        assertVerdict(task, UNDECIDED, start.plusSeconds(60));
        world.put(lost.but().status(ContainerInstance.Status.LOST).build());
        assertVerdict(task, HEALTHY, null);
    }

    @Test
    void anEdgeThatIsMerelyOutOfReachKeepsItsWord() {
        ContainerInstance edge = world.edge("edge");
        Task task = balanced(null);
        world.runs(task);
        world.says(edge, task, TargetHealth.State.HEALTHY);
        world.disconnects(edge);
        world.settle();
        assertVerdict(task, HEALTHY, null);
    }

    @Test
    void aFailingTargetIsToleratedForAMinute() {
        ContainerInstance edge = world.edge("edge");
        Task task = balanced(null);
        world.runs(task);
        world.says(edge, task, TargetHealth.State.UNHEALTHY);
        world.settle();
        assertVerdict(task, UNDECIDED, start.plusSeconds(60));
        world.pass(Duration.ofMinutes(1)).settle();
        assertVerdict(task, UNHEALTHY, null);
        assertEquals(
                "Task failed ELB health checks in (target-group web)",
                verdict(task).cause());
    }

    @Test
    void aTargetThatRecoversInBetweenStartsItsMinuteAnew() {
        ContainerInstance edge = world.edge("edge");
        Task task = balanced(null);
        world.runs(task);
        world.says(edge, task, TargetHealth.State.UNHEALTHY);
        world.settle().pass(Duration.ofSeconds(50));
        world.says(edge, task, TargetHealth.State.HEALTHY);
        world.settle().pass(Duration.ofSeconds(5));
        world.says(edge, task, TargetHealth.State.UNHEALTHY);
        world.settle();
        assertVerdict(task, UNDECIDED, start.plusSeconds(55 + 60));
    }

    @Test
    void whatALostEdgeSaidOnceStartsNoMinute() {
        ContainerInstance edge = world.edge("edge");
        ContainerInstance lost = world.edge("lost");
        Task task = balanced(null);
        world.runs(task);
        world.says(edge, task, TargetHealth.State.HEALTHY);
        world.says(lost, task, TargetHealth.State.UNHEALTHY);
        world.put(lost.but().status(ContainerInstance.Status.LOST).build());
        world.settle().pass(Duration.ofHours(1));
        world.says(edge, task, TargetHealth.State.UNHEALTHY);
        world.settle();
        assertVerdict(task, UNDECIDED, world.now.plusSeconds(60));
    }

    @Test
    void aLongGracePeriodExtendsTheTolerance() {
        ContainerInstance edge = world.edge("edge");
        Task task = balanced(300);
        world.runs(task);
        world.says(edge, task, TargetHealth.State.UNHEALTHY);
        world.settle();
        assertVerdict(task, UNDECIDED, start.plusSeconds(300));
        world.pass(Duration.ofMinutes(5)).settle();
        assertVerdict(task, UNHEALTHY, null);
    }

    @Test
    void aBriefGracePeriodDoesNotShortenIt() {
        ContainerInstance edge = world.edge("edge");
        Task task = balanced(10);
        world.runs(task);
        world.says(edge, task, TargetHealth.State.UNHEALTHY);
        world.settle();
        assertVerdict(task, UNDECIDED, start.plusSeconds(60));
    }

    @Test
    void aLoadBalancerOrAContainersOwnCheckCanTell() {
        assertFalse(isChecked(unchecked()));
        assertTrue(isChecked(checked(null)));
        assertTrue(isChecked(balanced(null)));
    }

    private Task unchecked() {
        return given(GivenTask.task(1).of(world.definition("plain", 1, 128)));
    }

    private Task checked(@Nullable Integer graceSeconds) {
        return given(ofService(world.definition("checked", 1, 128, Containers.checked()), graceSeconds, List.of()));
    }

    private Task balanced(@Nullable Integer graceSeconds) {
        world.targetGroup("web", 60);
        return given(ofService(world.definition("plain", 1, 128), graceSeconds, List.of(MAPPING)));
    }

    private GivenTask ofService(
            TaskDefinition definition, @Nullable Integer graceSeconds, List<LoadBalancerMapping> loadBalancers) {
        ServiceRevision revision = ServiceRevision.of(definition.id())
                .but()
                .loadBalancers(loadBalancers)
                .build();
        Service service = world.service("web", revision, 1, DeploymentConfiguration.DEFAULT, graceSeconds, null);
        return GivenTask.task(1).of(definition).of(service, 0);
    }

    private Task given(GivenTask given) {
        Task task = given.on(host, LastStatus.PENDING).build();
        world.put(task);
        return task;
    }

    private boolean isChecked(Task task) {
        return TaskHealth.isChecked(world.state(), task);
    }

    private void reports(Task task, HealthStatus health) {
        world.report(task, ContainerReport.State.RUNNING, health, null);
    }

    private TaskHealth verdict(Task task) {
        return TaskHealth.of(world.state(), world.task(task.id()), world.now);
    }

    private void assertVerdict(Task task, TaskHealth.Verdict expected, @Nullable Instant decidesAt) {
        TaskHealth health = verdict(task);
        assertEquals(expected, health.verdict(), health.cause());
        if (decidesAt == null) assertNull(health.decidesAt());
        else assertEquals(decidesAt, health.decidesAt());
        assertEquals(expected == HEALTHY, health.cause().isEmpty());
    }
}
