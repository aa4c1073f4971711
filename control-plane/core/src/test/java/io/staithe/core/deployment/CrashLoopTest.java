package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service whose tasks run for a while and then end by themselves, again and again. */
class CrashLoopTest {
    private static final String IMPAIRED = "(service web) is unable to consistently start tasks successfully.";

    private final World world = new World();
    private final TaskDefinition definition = world.definition("web", 1, 128);

    private void start(boolean daemon) {
        world.host("one", 4096, 4096);
        if (daemon) world.daemon("web", definition);
        else world.service("web", ServiceRevision.of(definition.id()), 1, DeploymentConfiguration.of(null, null));
        world.converge();
    }

    @Test
    void theNextTaskWaitsLongerEachTimeAndThatIsSaidOnce() {
        start(false);
        loopsAndSaysSoOnce();
    }

    @Test
    void aDaemonWaitsOnItsHost() {
        start(true);
        loopsAndSaysSoOnce();
    }

    private void loopsAndSaysSoOnce() {
        assertEquals(Duration.ZERO, crash());
        Duration before = Duration.ZERO;
        for (int i = 0; i < 5; i++) {
            Duration waited = crash();
            assertTrue(waited.compareTo(before) > 0, waited + " after " + before);
            before = waited;
        }
        assertEquals(1, world.messages().stream().filter(IMPAIRED::equals).count());
    }

    @Test
    void theDeploymentSaysHowOftenAndUntilWhen() {
        start(false);
        crash();
        die();
        world.settle();
        String reason = world.state()
                .deployment(world.service("web").deployment())
                .orElseThrow()
                .rolloutStateReason();
        assertTrue(reason.contains("up to 2 failed in a row, and 1 wait, the first until "), reason);
    }

    @Test
    void anotherDeploymentStartsAtOnce() {
        start(false);
        for (int i = 0; i < 5; i++) crash();
        die();
        world.settle();
        assertEquals(0, world.active("web").size());
        world.deploy("web", world.definition("web", 2, 128));
        world.converge();
        assertEquals(1, world.running("web").size());
    }

    @Test
    void whoIsToldToGoOnStartsAtOnce() {
        start(false);
        for (int i = 0; i < 5; i++) crash();
        die();
        world.settle();
        Service service = world.service("web");
        HeldPlace held = Standing.of(world.state(), service, world.now).held().get(0);
        assertEquals(6, held.failures());
        assertTrue(held.until().isAfter(world.now));
        world.put(service.but()
                .deploymentRequest(
                        new DeploymentRequest(service.deployment(), DeploymentRequest.Action.CONTINUE, world.now))
                .build());
        world.settle();
        assertEquals(1, world.active("web").size());
        assertEquals(
                List.of(),
                Standing.of(world.state(), world.service("web"), world.now).held());
    }

    /** How long nothing runs after the only task has run for 30 seconds and ended. */
    private Duration crash() {
        die();
        Instant died = world.now;
        while (world.active("web").isEmpty()) {
            Instant next = world.wakeAt().orElseThrow();
            if (next.isAfter(world.now)) world.now = next;
            world.settle();
        }
        world.converge();
        return Duration.between(died, world.now);
    }

    private void die() {
        Task only = world.running("web").get(0);
        world.pass(Duration.ofSeconds(30)).settle().dies(only.id());
        world.settle();
    }
}
