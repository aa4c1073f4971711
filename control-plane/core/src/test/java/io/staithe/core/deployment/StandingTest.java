package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.deployment.Waiting.For;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentConfiguration.CanaryConfiguration;
import io.staithe.core.model.DeploymentDeadline;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.DeploymentStrategy;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleHook.TimeoutConfiguration;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest extends WebDeploymentCase {
    private final TaskDefinition first = world.definition("web", 1, 64);
    private final TaskDefinition second = world.definition("web", 2, 64);

    StandingTest() {
        world.host("h1", 8192, 8192);
    }

    @Test
    void aServiceThatHasWhatItWantsWaitsForNothing() {
        start(DeploymentConfiguration.DEFAULT);
        assertEquals(For.NOTHING, standing().waiting().what());
        assertEquals(List.of(), standing().stages());
    }

    @Test
    void aDeploymentThatIsAboutToBeginIsShownAsItWillBegin() {
        start(staged(5, null));
        world.deploy("web", second);
        assertEquals(Arrays.asList(LifecycleStage.values()), standing().stages());
    }

    @Test
    void tasksThatStartAreWaitedFor() {
        start(DeploymentConfiguration.DEFAULT);
        world.deploy("web", second);
        world.settle();
        assertEquals(For.HEALTHY_TASKS, waiting().what());
        assertEquals(4, waiting().missing());
        assertEquals(4, waiting().of());
        assertEquals("waiting for the containers to run", waiting().cause());
        world.converge();
        assertEquals("has no check and runs for less than 40 seconds", waiting().cause());
        assertEquals(world.now.plusSeconds(40), waiting().until());
    }

    @Test
    void aTaskWithoutRoomSaysSo() {
        start(DeploymentConfiguration.DEFAULT);
        world.deploy("web", world.definition("web", 3, 100_000));
        world.settle();
        assertEquals(For.HEALTHY_TASKS, waiting().what());
        assertTrue(waiting().cause().contains("memory"), waiting().cause());
    }

    @Test
    void aConfigurationThatAllowsNoStepIsWhatItWaitsFor() {
        start(DeploymentConfiguration.of(100, 100));
        world.deploy("web", second);
        world.rest();
        assertEquals(For.ANOTHER_CONFIGURATION, waiting().what());
    }

    @Test
    void protectedTasksAreWaitedForUntilTheFirstProtectionEnds() {
        start(DeploymentConfiguration.DEFAULT);
        Task task = world.running("web").get(0);
        world.put(task.but().protectedUntil(world.now.plus(Duration.ofHours(1))).build());
        world.deploy("web", second);
        world.rest();
        assertEquals(For.PROTECTION, waiting().what());
        assertEquals(world.task(task.id()).protectedUntil(), waiting().until());
    }

    @Test
    void aPausedOneWaitsForItsUser() {
        start(DeploymentConfiguration.DEFAULT);
        world.deploy("web", second);
        world.settle();
        ask(DeploymentRequest.Action.PAUSE);
        assertEquals(For.A_USER, waiting().what());
    }

    @Test
    void aFailedOneWaitsForADecision() {
        start(DeploymentConfiguration.DEFAULT);
        world.deploy("web", second);
        world.settle();
        ask(DeploymentRequest.Action.ABORT);
        assertEquals(For.A_DECISION, waiting().what());
    }

    @Test
    void aPartOfTheTrafficStaysForAWhileAndSoDoesTheWhole() {
        start(staged(5, null));
        world.deploy("web", second);
        world.rest();
        assertEquals(For.TRAFFIC_STEP, waiting().what());
        assertEquals(
                primary().stageAt(), Objects.requireNonNull(waiting().until()).minus(Duration.ofMinutes(10)));
        assertEquals(1, standing().desired());
        assertEquals(3, standing().kept());
        world.pass(Duration.ofMinutes(10)).rest();
        assertEquals(For.BAKE_TIME, waiting().what());
        assertEquals(
                primary().stageAt(), Objects.requireNonNull(waiting().until()).minus(Duration.ofMinutes(5)));
    }

    @Test
    void aHookIsWaitedForUntilItIsGivenUp() {
        LifecycleHook pause = new LifecycleHook(
                LifecycleHook.Type.PAUSE,
                null,
                null,
                List.of(LifecycleStage.PRE_SCALE_UP),
                new TimeoutConfiguration(30, null));
        start(staged(0, pause));
        world.deploy("web", second);
        world.rest();
        assertEquals(For.A_HOOK_ANSWER, waiting().what());
        assertEquals(0, Objects.requireNonNull(waiting().hook()).hook());
        assertEquals(
                waiting().hook().startedAt().plus(Duration.ofMinutes(30)),
                waiting().until());
    }

    @Test
    void theDeadlineIsToldApartFromWhatIsWaitedFor() {
        start(DeploymentConfiguration.DEFAULT);
        world.put(world.service("web")
                .but()
                .deploymentDeadline(new DeploymentDeadline(null, 600, true))
                .build());
        world.deploy("web", second);
        world.settle();
        assertEquals(primary().countsFrom().plusSeconds(600), standing().failsAt());
    }

    private void start(DeploymentConfiguration configuration) {
        world.service("web", ServiceRevision.of(first.id()), 4, configuration);
        world.rest();
    }

    /** A canary by number of tasks. */
    private static DeploymentConfiguration staged(int bakeMinutes, @Nullable LifecycleHook hook) {
        return new DeploymentConfiguration(
                100,
                200,
                null,
                null,
                DeploymentStrategy.CANARY,
                bakeMinutes,
                null,
                new CanaryConfiguration(25.0, 10),
                hook == null ? List.of() : List.of(hook));
    }

    private Standing standing() {
        return Standing.of(world.state(), world.service("web"), world.now);
    }

    private Waiting waiting() {
        return standing().waiting();
    }
}
