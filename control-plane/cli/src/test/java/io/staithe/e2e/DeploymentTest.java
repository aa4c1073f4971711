package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deployments that move traffic, and deployments that fail, cost no request either. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class DeploymentTest {
    private static final Duration FAILS = Duration.ofMinutes(2);

    private final RunningSystem system = RunningSystem.get();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blue-green | { strategy: BLUE_GREEN, bakeTimeInMinutes: 0 }",
                "linear | { strategy: LINEAR, linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: 0 } }",
                "canary | { strategy: CANARY, canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 0 } }",
            })
    void movesTheTrafficToAnotherImageAndBack(String name, String configuration, @TempDir Path folder)
            throws IOException {
        second(folder);
        try (WebService web = WebService.withTwoSides(name, configuration).running(2)) {
            Load.withoutLoss(web.port, () -> {
                web.apply("staithe/hello:second", 2, "--wait", "--timeout", "90s");
                web.awaitServing(2);
                assertTrue(answer(web).startsWith("Hello from second"));
                web.apply(WebService.IMAGE, 2, "--wait", "--timeout", "90s");
                web.awaitServing(2);
            });
            assertTrue(!answer(web).startsWith("Hello from second"));
        }
    }

    @Test
    void isPausedWithBothRevisionsAndRolledBack(@TempDir Path folder) throws IOException {
        second(folder);
        String paused =
                "{ strategy: BLUE_GREEN, lifecycleHooks: [{ lifecycleStages: [POST_PRODUCTION_TRAFFIC_SHIFT] }] }";
        try (WebService web = WebService.withTwoSides("paused", paused)) {
            web.apply(WebService.IMAGE, 2);
            continueWhenPaused("paused");
            web.awaitServing(2);
            Set<String> old = web.containers();
            Load.withoutLoss(web.port, () -> {
                web.apply("staithe/hello:second", 2);
                Await.until(
                        "traffic of the new revision", FAILS, () -> answer(web).startsWith("Hello from second"));
                assertEquals(4, web.tasks().size());
                system.staithe("deploy", "rollback", "paused");
                Await.until(
                        "traffic of the old revision", FAILS, () -> !answer(web).startsWith("Hello from second"));
                web.awaitServing(2);
            });
            assertEquals(old, web.containers(), "the old tasks have never gone");
        }
    }

    @Test
    void thatFailsGoesBackByItself() {
        String breaker = "{ deploymentCircuitBreaker: { enable: true, rollback: true } }";
        try (WebService web = WebService.withTwoSides("broken", breaker).running(2)) {
            Set<String> old = web.containers();
            Load.withoutLoss(web.port, () -> {
                Outcome applied = system.tryStaithe(
                        web.manifest("staithe/there-is-no-such-image:1", 2),
                        "apply",
                        "-f",
                        "-",
                        "--wait",
                        "--timeout",
                        "50s");
                assertEquals(1, applied.exitCode(), applied::toString);
                assertTrue(applied.err().contains("tasks failed to start: "), applied::toString);
                Await.until("rollback", FAILS, () -> system.staithe("describe", "service", "broken")
                        .contains("rolling back to"));
                web.awaitServing(2);
            });
            assertEquals(old, web.containers());
        }
    }

    @Test
    void isWatchedAndSaysWhatBecomesOfItsTargets(@TempDir Path folder) throws IOException {
        second(folder);
        try (WebService web = WebService.withTwoSides("watched", "{ strategy: BLUE_GREEN, bakeTimeInMinutes: 0 }")
                .running(2)) {
            web.apply("staithe/hello:second", 2);
            String watched = system.staithe("deploy", "status", "watched", "--watch", "--timeout", "50s");
            assertTrue(watched.contains("of 2 healthy, "), watched);
            assertTrue(watched.contains("waits for "), watched);
            assertTrue(watched.endsWith("default/watched  2/2 running, stable\n"), watched);
            String said = web.described().events().toString();
            assertTrue(said.contains(" targets in (target-group watched-2)"), said);
            assertTrue(said.contains("(service watched) has begun draining connections on "), said);
            assertTrue(said.contains("(service watched) deregistered "), said);
        }
    }

    /** It is refused as long as there is nothing to be continued. */
    private void continueWhenPaused(String service) {
        Await.until(
                "pause of " + service,
                FAILS,
                () -> system.tryStaithe("", "deploy", "continue", service).exitCode() == 0);
    }

    private void second(Path folder) throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), "FROM " + WebService.IMAGE + "\nENV NAME=second\n");
        system.docker("build", "-q", "-t", "staithe/hello:second", folder.toString());
    }

    private static String answer(WebService web) {
        try {
            return Http.get(web.port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
