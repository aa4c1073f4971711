package io.staithe.agent.task;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.Image;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.ImageName;
import io.staithe.core.model.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One container of a task: what it shall be, what was seen of it, and how it ended. */
final class ContainerRun {
    /** As it is to run: overrides applied. */
    final ContainerDefinition definition;

    final Work work = new Work();

    /** Its health check, where this agent makes it; otherwise the runtime does. */
    private final @Nullable CheckRun healthCheck;

    private final @Nullable CheckRun readinessCheck;
    private final @Nullable PreStopRun preStop;

    private boolean imageHere;
    private @Nullable Image image;
    private @Nullable String digest;
    private boolean begun;
    private @Nullable Container seen;
    private @Nullable String id;
    private @Nullable Instant startedAt;
    private @Nullable Ending ending;
    private int restarts;

    /**
     * How it ended, or that it will never start.
     *
     * @param exitCode absent where it never ran, or is gone
     */
    record Ending(
            @Nullable Integer exitCode,
            @Nullable Instant at,
            @Nullable String reason) {}

    ContainerRun(ContainerDefinition definition) {
        this.definition = definition;
        HealthCheck health = definition.healthCheck();
        healthCheck = health != null && health.kind().isFromOutside() ? new CheckRun(health) : null;
        readinessCheck = definition.readinessCheck() == null ? null : new CheckRun(definition.readinessCheck());
        preStop = PreStopRun.of(definition);
    }

    /** Takes up what an earlier process knew. What is there now, the first observation shows. */
    void restore(ContainerReport report, boolean wasBegun) {
        begun = wasBegun;
        id = report.runtimeId();
        digest = report.imageDigest();
        startedAt = report.startedAt();
        restarts = report.restartCount();
        if (healthCheck != null && startedAt != null) healthCheck.restore(report.healthStatus(), startedAt);
        if (readinessCheck != null && startedAt != null && report.readiness() != null)
            readinessCheck.restore(report.readiness(), startedAt);
        if (report.lastStatus() == ContainerReport.State.STOPPED)
            ending = new Ending(report.exitCode(), report.finishedAt(), report.reason());
    }

    String name() {
        return definition.name();
    }

    /** As it is to be created: from what was fetched for it, whatever its tag stands for by now. */
    ContainerDefinition toCreate() {
        return digest == null || !ImageName.allows(definition.image(), digest)
                ? definition
                : definition
                        .but()
                        .image(ImageName.at(definition.image(), digest))
                        .build();
    }

    boolean isImageHere() {
        return imageHere;
    }

    void imageIsHere(@Nullable Image pulled) {
        imageHere = true;
        if (pulled == null) return;
        image = pulled;
        digest = pulled.digest();
    }

    void imageIsGone() {
        imageHere = false;
    }

    /** Whether its start may have been carried out. */
    boolean isBegun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    void restart() {
        ending = null;
        restarts++;
    }

    boolean exists() {
        return seen != null;
    }

    boolean isAlive() {
        return seen != null && seen.isAlive();
    }

    boolean isCreated() {
        return seen != null && seen.state() == Container.State.CREATED;
    }

    @Nullable
    Container seen() {
        return seen;
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    boolean hasEnded() {
        return ending != null;
    }

    /** Whether it was started, whatever became of it. */
    boolean hasStarted() {
        return startedAt != null;
    }

    /** Whether it neither runs nor may begin to by what is in flight. */
    boolean isQuiet() {
        return !isAlive() && !work.isBusy() && !work.isUncertain();
    }

    void end(Ending how) {
        if (ending == null) ending = how;
    }

    /** What the runtime shows; absent: it shows no such container. */
    void observe(@Nullable Container now, Instant at) {
        work.looked();
        if (now == null) vanish(at);
        else if (now.isAlive()) live(now);
        else if (now.state() == Container.State.EXITED) exit(now);
        else see(now);
    }

    private void vanish(Instant at) {
        if (begun)
            end(new Ending(null, at, "CannotInspectContainerError: No such container: " + (id == null ? name() : id)));
        seen = null;
    }

    private void live(Container now) {
        Container before = seen;
        if (before != null
                && before.isAlive()
                && before.startedAt() != null
                && !before.startedAt().equals(now.startedAt())) restarts++; // by somebody else, while nobody looked
        begun = true;
        ending = null;
        see(now);
    }

    private void exit(Container now) {
        begun = true;
        see(now);
        String reason = now.oomKilled() ? "OutOfMemoryError: Container killed due to memory usage" : now.error();
        if (reason == null && preStop != null) reason = preStop.failure();
        end(new Ending(now.exitCode(), now.finishedAt(), reason));
    }

    /** Whether nothing has to be done in it any more before it is stopped; what has to, is begun. */
    boolean isReadyToStop(TaskRun task, Round round) {
        return preStop == null || preStop.isOver(task, this, round);
    }

    private void see(Container now) {
        seen = now;
        id = now.id();
        checks().forEach(check -> check.follow(now));
        if (now.startedAt() != null) startedAt = now.startedAt();
    }

    /**
     * Whether its restart policy starts it again in place: it ended by itself with an exit code that is not ignored, after
     * running for at least the attempt period, so that there is at most one restart in each.
     */
    boolean restartsInPlace() {
        RestartPolicy policy = definition.restartPolicy();
        if (policy == null || !policy.enabled() || ending == null || seen == null) return false;
        if (ending.exitCode() == null || policy.ignoredExitCodes().contains(ending.exitCode())) return false;
        if (startedAt == null || ending.at() == null) return false;
        Duration ran = Duration.between(startedAt, ending.at());
        return ran.compareTo(Duration.ofSeconds(policy.restartAttemptPeriodSeconds())) >= 0;
    }

    /** The checks that this agent makes of it. */
    Stream<CheckRun> checks() {
        return Stream.of(Optional.ofNullable(readinessCheck), Optional.ofNullable(healthCheck))
                .flatMap(Optional::stream);
    }

    /** What its health check says; UNKNOWN while it does not run. */
    HealthStatus health() {
        if (seen == null || !isAlive()) return HealthStatus.UNKNOWN;
        return healthCheck == null ? seen.health() : healthCheck.status();
    }

    /** What its readiness check says; absent: it has none. */
    @Nullable
    HealthStatus readiness() {
        if (readinessCheck == null) return null;
        return isAlive() ? readinessCheck.status() : HealthStatus.UNKNOWN;
    }

    /** Why a check of it does not pass; absent: nothing is to be said. */
    @Nullable
    String checkDetail() {
        if (!isAlive()) return null;
        return checks().filter(check -> check.status() != HealthStatus.HEALTHY)
                .map(CheckRun::said)
                .filter(said -> !said.isEmpty())
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String id() {
        return id;
    }

    @Nullable
    String digest() {
        return digest;
    }

    @Nullable
    String imageId() {
        if (seen != null) return seen.imageId();
        return image == null ? null : image.id();
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    int restarts() {
        return restarts;
    }
}
