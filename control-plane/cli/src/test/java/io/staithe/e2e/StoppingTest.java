package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a container asks for by its readiness and before its end. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class StoppingTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String FLUSH = "flushing";
    private static final Duration FLUSH_TAKES = Duration.ofSeconds(2);
    /** What it writes goes where the container's own output goes. */
    private static final String CONTAINER = """
            readinessCheck: { command: [CMD-SHELL, "test ! -e /busy"], interval: 5, retries: 1 }
            preStop: { command: [sh, -c, "echo %s > /proc/1/fd/1; sleep %d"], timeout: 10 }""".formatted(FLUSH, FLUSH_TAKES.toSeconds());

    private final RunningSystem system = RunningSystem.get();

    @Test
    void whatIsNotReadyGetsNoRequestsAndRunsOn() {
        try (WebService web = WebService.withContainer("not-ready", CONTAINER).running(2)) {
            Set<String> all = web.containers();
            String busy = all.iterator().next();
            Set<String> others = new TreeSet<>(all);
            others.remove(busy);
            Load.withoutLoss(web.port, () -> {
                system.docker("exec", busy, "touch", "/busy");
                web.awaitAnswers(others);
                assertEquals(all, web.containersOfEngine(), "it is not replaced");
                system.docker("exec", busy, "rm", "/busy");
                web.awaitAnswers(all);
            });
            assertEquals(all, web.containersOfEngine());
        }
    }

    @Test
    void preStopRunsBeforeTheStopSignal() {
        try (WebService web = WebService.withContainer("flushes", CONTAINER).running(2)) {
            Set<String> before = web.containers();
            Load.withoutLoss(web.port, () -> {
                system.staithe("scale", web.name, "1", "--wait", "--timeout", "60s");
                web.awaitServing(1);
            });
            Set<String> gone = new TreeSet<>(before);
            gone.removeAll(web.containers());
            assertEquals(1, gone.size());
            String stopped = gone.iterator().next();
            Await.until("both lines", SOON, () -> system.docker("logs", "-t", stopped)
                    .contains("asked to stop"));
            String log = system.docker("logs", "-t", stopped);
            Duration between = Duration.between(timeOf(FLUSH, log), timeOf("asked to stop", log));
            assertTrue(between.compareTo(FLUSH_TAKES) >= 0, log);
        }
    }

    private static Instant timeOf(String said, String log) {
        return log.lines()
                .filter(line -> line.endsWith(" " + said))
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("never said " + said + ": " + log));
    }
}
