package io.staithe.e2e;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ecs.model.Task;

/** Whatever is killed, what was asked for is there again; and where containers run on, so do requests. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class LossTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** How long a host may be out of reach before its tasks are replaced, and the time until that is noticed. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration NOTICED = Duration.ofSeconds(40);

    private static final int REQUESTS_WHILE_AWAY = 50;

    private final RunningSystem system = RunningSystem.get();

    @AfterEach
    void bringBack() {
        system.bringBack();
    }

    @Test
    void ofAContainer() {
        try (WebService web = new WebService("container-lost").running(3)) {
            String victim = web.containers().iterator().next();
            system.docker("kill", victim);
            Await.until("another container", SOON, () -> !web.containers().contains(victim));
            web.awaitServing(3);
            assertEquals(3, web.tasks().size());
        }
    }

    @Test
    void ofAnAgentForAMoment() {
        try (WebService web = new WebService("agent-back").running(3)) {
            Map<String, String> before = startTimes(web);
            Load.withoutLoss(web.port, () -> {
                system.kill("host3");
                system.bringBack();
                awaitConnected("host3", true);
                web.awaitServing(3);
            });
            assertEquals(before, startTimes(web));
        }
    }

    @Test
    void ofAnAgentForLong() {
        try (WebService web = new WebService("agent-lost").running(3)) {
            String host = system.host("host2").containerInstanceArn();
            Task lost = web.tasksOn(host).get(0);
            String container = lost.containers().get(0).runtimeId();
            Set<String> before = web.taskArns();
            Load.withoutLoss(web.port, () -> {
                Instant killed = Instant.now();
                system.kill("host2");
                awaitConnected("host2", false);
                assertEquals(before, web.taskArns(), "a host out of reach for a moment loses no task");
                Await.until(
                        "replacement",
                        GRACE.plus(NOTICED),
                        () -> web.tasksOn(host).isEmpty()
                                && web.tasks().size() == 3
                                && web.described().runningCount() == 3);
                Instant replaced = web.tasks().stream()
                        .filter(task -> !before.contains(task.taskArn()))
                        .map(Task::createdAt)
                        .findFirst()
                        .orElseThrow();
                assertFalse(
                        replaced.isBefore(killed.plus(GRACE.minusSeconds(5))), "replaced too early, at " + replaced);
                assertTrue(web.containersOfEngine().contains(container), "nobody is there who may stop it");
                system.bringBack();
                awaitConnected("host2", true);
                web.awaitServing(3);
            });
            assertFalse(web.containersOfEngine().contains(container), "a container twice");
        }
    }

    @Test
    void ofTheControlPlane() {
        try (WebService web = new WebService("control-lost").running(2)) {
            Map<String, String> before = startTimes(web);
            Load.withoutLoss(web.port, () -> {
                web.apply(WebService.IMAGE, 3);
                system.kill("server");
                system.bringBack();
                web.awaitServing(3);
                Map<String, String> after = startTimes(web);
                after.keySet().retainAll(before.keySet());
                assertEquals(before, after);
                system.staithe("scale", web.name, "1", "--wait", "--timeout", "60s");
                web.awaitServing(1);
            });
        }
    }

    @Test
    void ofHaproxysWorkerAndMaster() throws IOException {
        try (WebService web = new WebService("proxy-lost").running(2)) {
            List<Long> processes = system.proxies();
            assertTrue(processes.size() >= 2, "no master and worker: " + processes);
            RunningSystem.kill(processes.get(processes.size() - 1));
            awaitAnswer(web.port);

            for (long process : system.proxies()) RunningSystem.kill(process);
            awaitAnswer(web.port);
            web.awaitServing(2);
        }
    }

    private static void assertAnswers(int port) {
        assertTrue(assertDoesNotThrow(() -> Http.get(port)).startsWith("Hello from"));
    }

    private static void awaitAnswer(int port) {
        Await.until("answer", SOON, () -> {
            try {
                return Http.get(port).isEmpty() ? "nothing" : "";
            } catch (IOException e) {
                return e.toString();
            }
        });
    }

    @Test
    void ofDockerd() {
        try (WebService web = new WebService("engine-lost").running(3)) {
            Map<String, String> before = startTimes(web);
            system.kill("dockerd");
            for (int i = 0; i < REQUESTS_WHILE_AWAY; i++) assertAnswers(web.port);
            // No load here: when dockerd comes back it makes its rules for published ports anew, and nobody can be
            // reached
            // for the fifth of a second in between.
            system.bringBack();
            assertEquals(before, startTimes(web));
            system.staithe("scale", web.name, "4", "--wait", "--timeout", "60s");
            web.awaitServing(4);
        }
    }

    private void awaitConnected(String host, boolean connected) {
        Await.until(host + (connected ? " connected" : " out of reach"), NOTICED, () -> {
            boolean now = system.host(host).agentConnected();
            return now == connected ? "" : "connected: " + now;
        });
    }

    /** When each running container began: what was neither replaced nor restarted is equal. */
    private Map<String, String> startTimes(WebService web) {
        return web.containersOfEngine().stream()
                .collect(toMap(
                        id -> id,
                        id -> system.docker("inspect", "-f", "{{.State.StartedAt}} {{.State.Running}}", id)
                                .strip(),
                        (a, b) -> a,
                        TreeMap::new));
    }
}
