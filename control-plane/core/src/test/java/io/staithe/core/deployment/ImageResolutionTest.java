package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Fetched;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.HostAssignment;
import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All tasks of a deployment run the image that the first of them has fetched. */
class ImageResolutionTest extends WebDeploymentCase {
    private static final String FIRST = Fetched.digest(1);
    private static final String MOVED = Fetched.digest(2);

    private final TaskDefinition definition = world.definition("web", 1, 64);
    private final ContainerInstance host = world.host("h1", 8192, 8192);

    @Test
    void whatTheFirstTaskFetchesHoldsForLaterOnes() {
        start(2);
        world.active("web").forEach(task -> runs(task, FIRST));
        world.rest();
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
        assertEquals(Map.of("app", FIRST), primary().revision().imageDigests());
        assertEquals(Map.of(), world.service("web").revision().imageDigests(), "what the user asked for is as it was");
        assertTrue(said("runs the images app " + FIRST + "."));

        world.put(world.service("web").but().desiredCount(3).build());
        world.settle();
        assertEquals(3, assigned().count());
        assertTrue(assigned().allMatch(image -> image.equals("app:1@" + FIRST)));
    }

    @Test
    void aTaskThatFetchedAnotherOneIsReplacedBeforeItGetsARequest() {
        world.targetGroup("front", 0);
        world.edge("edge");
        start(2, new LoadBalancerMapping("front", "app", 8080));
        Task kept = world.active("web").get(0);
        Task other = world.active("web").get(1);
        runs(kept, FIRST);
        runs(other, MOVED);
        world.settle();
        assertEquals(LastStatus.ACTIVATING, world.task(kept.id()).lastStatus());
        assertNull(world.task(other.id()).healthySince());
        assertFalse(world.task(other.id()).isActive());
        assertEquals(
                "The image of container app is " + MOVED + ", and all tasks of deployment ecs-svc/"
                        + primary().id() + " run " + FIRST,
                world.task(other.id()).stoppedReason());
        assertTrue(
                world.task(other.id()).lastStatus().compareTo(LastStatus.ACTIVATING) > 0, "and never was ACTIVATING");
        assertEquals(0, primary().failedTasks(), "nothing is wrong with the deployment");

        Task replacement = world.active("web").stream()
                .filter(task -> !task.id().equals(kept.id()))
                .findFirst()
                .orElseThrow();
        runs(replacement, FIRST);
        world.rest();
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
        assertEquals(2, world.running("web").size());
    }

    @Test
    void aWrongImageIsNotEvenStartedWhenItIsKnownInTime() {
        start(2);
        List<Task> tasks = world.active("web");
        world.put(Fetched.report(world, tasks.get(0), ContainerReport.State.PENDING, FIRST));
        world.settle();
        world.put(Fetched.report(world, tasks.get(1), ContainerReport.State.PENDING, MOVED));
        world.settle();
        assertTrue(world.task(tasks.get(0).id()).isActive());
        assertFalse(world.task(tasks.get(1).id()).isActive());
        assertEquals(2, world.active("web").size(), "its replacement is there at once");
    }

    @Test
    void withTheSwitchOffEachTaskRunsWhatItFinds() {
        world.put(definition.withContainers(List.of(definition
                .containerDefinitions()
                .get(0)
                .but()
                .versionConsistency("disabled")
                .build())));
        start(2);
        List<Task> tasks = world.active("web");
        runs(tasks.get(0), FIRST);
        runs(tasks.get(1), MOVED);
        world.rest();
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
        assertEquals(Map.of(), primary().revision().imageDigests());
        assertTrue(assigned().allMatch("app:1"::equals));
    }

    @Test
    void eachDeploymentFindsOutAnewAndARollbackRunsWhatRanBefore() {
        start(2, CircuitBreaker.of(true));
        world.active("web").forEach(task -> runs(task, FIRST));
        world.rest();
        DeploymentId before = primary().id();

        forceNewDeployment();
        DeploymentId forced = primary().id();
        assertEquals(Map.of(), primary().revision().imageDigests());
        Task first = tasksOf(forced).get(0);
        runs(first, MOVED);
        world.settle();
        assertEquals(Map.of("app", MOVED), primary().revision().imageDigests());
        failUntilFailed(forced);

        assertEquals(before, primary().id());
        assertEquals(Map.of(), world.service("web").revision().imageDigests());
        assertEquals(Map.of("app", FIRST), primary().revision().imageDigests());
        world.running("web").forEach(task -> world.dies(task.id()));
        world.settle();
        assertTrue(assigned().anyMatch(("app:1@" + FIRST)::equals));
        assertTrue(assigned().noneMatch("app:1"::equals), "the tag is not asked again");
    }

    @Test
    void anImageThatVanishesEndsInANamedState() {
        start(3, CircuitBreaker.of(false));
        Task first = world.active("web").get(0);
        runs(first, FIRST);
        world.settle();
        for (int i = 0; i < 10 && primary().rolloutState() == RolloutState.IN_PROGRESS; i++) {
            world.active("web").stream()
                    .filter(task -> task.lastStatus() == LastStatus.PENDING)
                    .forEach(task -> world.put(Fetched.failure(world, task)));
            world.settle();
            world.pass(Duration.ofSeconds(20)).settle();
        }
        assertEquals(RolloutState.FAILED, primary().rolloutState());
        assertTrue(
                primary().rolloutStateReason().contains("tasks failed to start"),
                primary().rolloutStateReason());
        assertTrue(said("CannotPullContainerError: no such manifest"));
    }

    @Test
    void aDaemonsTasksAreConsistentToo() {
        world.host("h2", 8192, 8192);
        world.daemon("web", definition);
        world.settle();
        List<Task> tasks = world.active("web");
        runs(tasks.get(0), FIRST);
        runs(tasks.get(1), MOVED);
        world.settle();
        assertTrue(world.task(tasks.get(0).id()).isActive());
        assertFalse(world.task(tasks.get(1).id()).isActive());
        assertNotNull(world.task(tasks.get(1).id()).stoppedReason());
    }

    private void start(int desired, LoadBalancerMapping... mappings) {
        ServiceRevision revision = ServiceRevision.of(definition.id())
                .but()
                .loadBalancers(List.of(mappings))
                .build();
        world.service("web", revision, desired, DeploymentConfiguration.DEFAULT);
        world.settle();
    }

    private void start(int desired, CircuitBreaker breaker) {
        world.service(
                "web",
                ServiceRevision.of(definition.id()),
                desired,
                new DeploymentConfiguration(100, 200, breaker, null, null, null, null, null, List.of()));
        world.settle();
    }

    private void forceNewDeployment() {
        ServiceRevision revision =
                world.service("web").revision().but().forced(1).build();
        world.put(world.service("web")
                .but()
                .deployment(world.nextDeployment(), revision, world.now, null)
                .build());
        world.settle();
    }

    private void failUntilFailed(DeploymentId deployment) {
        for (int i = 0; i < 20 && !hasFailed(deployment); i++) {
            tasksOf(deployment).forEach(task -> world.put(Fetched.failure(world, task)));
            world.settle();
            world.pass(Duration.ofSeconds(20)).settle();
        }
        assertTrue(hasFailed(deployment));
    }

    private boolean hasFailed(DeploymentId deployment) {
        return world.state()
                .deployment(deployment)
                .map(Deployment::rolloutState)
                .filter(state -> state == RolloutState.FAILED)
                .isPresent();
    }

    private List<Task> tasksOf(DeploymentId deployment) {
        return world.active("web").stream()
                .filter(task -> deployment.equals(task.deployment()))
                .toList();
    }

    private void runs(Task task, String digest) {
        world.put(Fetched.report(world, task, ContainerReport.State.RUNNING, digest));
    }

    /** What the host is asked to run. */
    private Stream<String> assigned() {
        return HostAssignment.of(world.state(), world.host(host.id()))
                .tasks()
                .map(AssignedTask::definition)
                .map(asked -> asked.containerDefinitions().get(0).image());
    }
}
