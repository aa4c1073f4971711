package io.staithe.core.lifecycle;

import static io.staithe.core.model.TargetHealth.State.DRAINING;
import static io.staithe.core.model.TargetHealth.State.HEALTHY;
import static io.staithe.core.model.TargetHealth.State.INITIAL;
import static io.staithe.core.model.TargetHealth.State.UNUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Key;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Leader;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a task comes to the load balancer and leaves it. */
class TaskTargetsTest {
    private static final int DELAY_SECONDS = 60;

    private final World world = new World();
    private ContainerInstance host;
    private Task task;

    @BeforeEach
    void aTaskBehindALoadBalancer() {
        host = world.host("host", 4096, 4096);
        world.targetGroup("web", DELAY_SECONDS);
        TaskDefinition definition = world.definition("web", 1, 128);
        task = GivenTask.task(1)
                .of(definition)
                .behind(new LoadBalancerMapping("web", "app", 8080))
                .on(host, LastStatus.PENDING)
                .build();
        world.put(task);
    }

    @Test
    void startsWhenEveryEdgeKnowsItsTarget() {
        ContainerInstance one = world.edge("one");
        ContainerInstance two = world.edge("two");
        runs(LastStatus.ACTIVATING);
        says(one, INITIAL, LastStatus.ACTIVATING);
        says(two, HEALTHY, LastStatus.RUNNING);
    }

    @Test
    void withoutAnEdgeNoTargetIsAdded() {
        runs(LastStatus.ACTIVATING);
        ContainerInstance edge = world.edge("late");
        says(edge, INITIAL, LastStatus.RUNNING);
    }

    @Test
    void aLostEdgeIsNotWaitedFor() {
        ContainerInstance one = world.edge("one");
        ContainerInstance two = world.edge("two");
        runs(LastStatus.ACTIVATING);
        says(one, HEALTHY, LastStatus.ACTIVATING);
        world.disconnects(two);
        passes(Duration.ZERO, LastStatus.ACTIVATING);
        passes(Duration.ofSeconds(29), LastStatus.ACTIVATING);
        passes(Duration.ofSeconds(1), LastStatus.RUNNING);
    }

    @Test
    void aDrainingEdgeThatIsGoneIsNotWaitedFor() {
        ContainerInstance one = world.edge("one");
        ContainerInstance two = world.edge("two");
        world.put(two.but().status(ContainerInstance.Status.DRAINING).build());
        runs(LastStatus.ACTIVATING);
        says(one, HEALTHY, LastStatus.ACTIVATING);
        world.disconnects(two);
        passes(Duration.ZERO, LastStatus.ACTIVATING);
        passes(Duration.ofSeconds(29), LastStatus.ACTIVATING);
        passes(Duration.ofSeconds(1), LastStatus.RUNNING);
    }

    @Test
    void aDrainingEdgeHasTimeToComeBackToANewLeader() {
        ContainerInstance one = world.edge("one");
        ContainerInstance two = world.edge("two");
        world.put(two.but().status(ContainerInstance.Status.DRAINING).build());
        runs(LastStatus.ACTIVATING);
        says(one, HEALTHY, LastStatus.ACTIVATING);
        world.put(new Leader("new", world.now));
        world.disconnects(two);
        passes(Duration.ZERO, LastStatus.ACTIVATING);
        passes(Duration.ofSeconds(59), LastStatus.ACTIVATING);
        passes(Duration.ofSeconds(1), LastStatus.RUNNING);
    }

    @Test
    void aTaskWithoutALoadBalancerWaitsForNoEdge() {
        world.edge("edge");
        Task plain = GivenTask.task(2)
                .of(world.definition("plain", 1, 128))
                .on(host, LastStatus.PENDING)
                .build();
        world.put(plain);
        world.runs(plain);
        world.settle();
        assertEquals(LastStatus.RUNNING, world.task(plain.id()).lastStatus());
    }

    @Test
    void stopsWhenEveryEdgeSaysThatItIsUnused() {
        ContainerInstance one = world.edge("one");
        ContainerInstance two = world.edge("two");
        serves(one, two);
        stop(LastStatus.DEACTIVATING);
        says(one, UNUSED, LastStatus.DEACTIVATING);
        says(two, DRAINING, LastStatus.DEACTIVATING);
        says(two, UNUSED, LastStatus.STOPPING);
    }

    @Test
    void anEdgeThatHasSaidNothingMaySendRequestsStill() {
        ContainerInstance one = world.edge("one");
        serves(one);
        world.edge("new");
        stop(LastStatus.DEACTIVATING);
        says(one, UNUSED, LastStatus.DEACTIVATING);
    }

    @Test
    void everyTargetOfATaskIsWaitedFor() {
        world.targetGroup("admin", DELAY_SECONDS);
        LoadBalancerMapping web = new LoadBalancerMapping("web", "app", 8080);
        Task both = GivenTask.task(1)
                .of(world.definition("web", 1, 128))
                .behind(web, new LoadBalancerMapping("admin", "app", 8081))
                .on(host, LastStatus.PENDING)
                .build();
        world.put(both);
        task = both;
        ContainerInstance edge = world.edge("edge");
        serves(edge);
        stop(LastStatus.DEACTIVATING);
        world.says(edge, GivenTask.task(1).behind(web).build(), UNUSED);
        passes(Duration.ZERO, LastStatus.DEACTIVATING);
        says(edge, UNUSED, LastStatus.STOPPING);
    }

    @Test
    void stopsAfterTheDeregistrationDelayAtTheLatest() {
        ContainerInstance edge = world.edge("edge");
        serves(edge);
        stop(LastStatus.DEACTIVATING);
        assertEquals(Optional.of(world.now.plusSeconds(DELAY_SECONDS)), world.wakeAt());
        says(edge, DRAINING, LastStatus.DEACTIVATING);
        passes(Duration.ofSeconds(DELAY_SECONDS - 1), LastStatus.DEACTIVATING);
        passes(Duration.ofSeconds(1), LastStatus.STOPPING);
    }

    @Test
    void aLostEdgeSendsNoRequests() {
        ContainerInstance one = world.edge("one");
        ContainerInstance two = world.edge("two");
        serves(one, two);
        world.disconnects(two);
        stop(LastStatus.DEACTIVATING);
        says(one, UNUSED, LastStatus.DEACTIVATING);
        passes(HostLoss.DEFAULT_TOLERANCE, LastStatus.STOPPING);
    }

    @Test
    void withoutAnEdgeItStopsAtOnce() {
        ContainerInstance edge = world.edge("edge");
        serves(edge);
        world.put(edge.but().status(ContainerInstance.Status.INACTIVE).build());
        stop(LastStatus.STOPPING);
    }

    @Test
    void whatNeverRanHasNoTargetToDrain() {
        world.edge("edge");
        stop(LastStatus.STOPPING);
    }

    @Test
    void aTargetGroupThatIsGoneGivesNoTime() {
        ContainerInstance edge = world.edge("edge");
        serves(edge);
        world.delete(Key.targetGroup("web"));
        stop(LastStatus.STOPPING);
    }

    @Test
    void containersThatEndBeforeTheTargetIsDrainedEndTheTask() {
        ContainerInstance edge = world.edge("edge");
        serves(edge);
        stop(LastStatus.DEACTIVATING);
        world.dies(task.id());
        passes(Duration.ZERO, LastStatus.STOPPED);
        assertEquals("as asked", world.task(task.id()).stoppedReason(), "the first reason stays");
    }

    private void runs(LastStatus then) {
        world.runs(task);
        passes(Duration.ZERO, then);
    }

    private void serves(ContainerInstance... edges) {
        world.runs(task);
        for (ContainerInstance edge : edges) world.says(edge, task, HEALTHY);
        passes(Duration.ZERO, LastStatus.RUNNING);
    }

    private void says(ContainerInstance edge, TargetHealth.State health, LastStatus then) {
        world.says(edge, task, health);
        passes(Duration.ZERO, then);
    }

    private void stop(LastStatus then) {
        world.put(world.task(task.id())
                .but()
                .stop(StopCode.UserInitiated, "as asked", world.now)
                .build());
        passes(Duration.ZERO, then);
    }

    private void passes(Duration time, LastStatus then) {
        world.pass(time).settle();
        assertEquals(then, world.task(task.id()).lastStatus());
    }
}
