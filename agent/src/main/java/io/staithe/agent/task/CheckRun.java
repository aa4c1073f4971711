package io.staithe.agent.task;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.Finding;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A check that this agent makes of one container, again and again. The verdict is timed as ECS times it: UNHEALTHY after as
 * many failures in a row as its {@code retries}, an interval apart, the first one interval and the start period after the
 * start; HEALTHY with the first success. Only, that success is looked for more often than once in an interval, so that a
 * container which is ready soon is soon known to be.
 */
final class CheckRun {
    /** Between two checks until the first that passes. */
    static final Duration EAGER = Duration.ofSeconds(1);

    private final HealthCheck check;
    private final Work work = new Work();
    private HealthStatus status = HealthStatus.UNKNOWN;
    private String said = "";
    private int failures;
    /** When the container that this is about was started: every start begins anew. */
    private @Nullable Instant startedAt;

    private Instant dueAt = Instant.MIN;
    /** A failure before this is not counted. */
    private Instant countsFrom = Instant.MIN;

    CheckRun(HealthCheck check) {
        this.check = check;
    }

    /** What an earlier process knew: until there is something newer, it holds. */
    void restore(HealthStatus known, Instant started) {
        begin(started);
        status = known;
        dueAt = Instant.MIN;
    }

    private void begin(Instant started) {
        startedAt = started;
        status = HealthStatus.UNKNOWN;
        said = "";
        failures = 0;
        dueAt = started.plus(EAGER);
        countsFrom = started.plusSeconds(Math.max(check.intervalSeconds(), check.startPeriodSeconds()));
    }

    /** @param seen the container as it was seen last */
    void follow(Container seen) {
        if (seen.startedAt() != null && !seen.startedAt().equals(startedAt)) begin(seen.startedAt());
    }

    Instant dueAt() {
        return dueAt;
    }

    /** @param address where the container is reached; absent: nowhere */
    void plan(TaskRun task, ContainerRun container, @Nullable String address, Round round) {
        if (!container.isAlive() || container.id() == null || !round.isDue(dueAt)) return;
        Instant about = startedAt;
        Action action = new Action.Check(task.id(), container.name(), container.id(), address, check);
        round.issue(action, work, (outcome, mark, now) -> {
            if (outcome.failure() != null) work.failed(outcome.failure(), mark, now);
            else work.succeeded(mark);
            if (outcome.finding() != null && about != null && about.equals(startedAt)) found(outcome.finding(), now);
        });
    }

    private void found(Finding finding, Instant now) {
        said = finding.passed() ? "" : finding.detail();
        if (finding.passed()) {
            status = HealthStatus.HEALTHY;
            failures = 0;
            countsFrom = now;
        } else if (!now.isBefore(countsFrom)) {
            failures++;
            countsFrom = now.plusSeconds(status == HealthStatus.UNKNOWN ? check.intervalSeconds() : 0);
            if (failures >= check.retriesOrDefault()) status = HealthStatus.UNHEALTHY;
        }
        Duration pause = Duration.ofSeconds(check.intervalSeconds());
        dueAt = now.plus(status == HealthStatus.UNKNOWN ? EAGER : pause);
    }

    HealthStatus status() {
        return status;
    }

    /** Why it failed the last time; empty: it did not, or was not made yet. */
    String said() {
        return said;
    }
}
