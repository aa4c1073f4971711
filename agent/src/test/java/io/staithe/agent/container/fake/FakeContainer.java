package io.staithe.agent.container.fake;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerRuntime.LogSink;
import io.staithe.agent.container.LogLine;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container in the engine's memory. */
final class FakeContainer {
    final InstanceId owner;
    final String engineName;
    final String id;
    final TaskId task;
    final String name;
    final String image;
    final String imageId;
    final List<PortMapping> ports;
    final boolean onHostNetwork;
    final Map<String, String> labels;
    final List<String> volumes;
    final @Nullable HealthCheck healthCheck;
    final Instant createdAt;
    final List<LogLine> log = new ArrayList<>();
    final List<LogSink> followers = new ArrayList<>();
    Program program;
    Container.State state = Container.State.CREATED;
    List<NetworkBinding> bindings = List.of();

    @Nullable
    Integer exitCode;

    boolean oomKilled;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant finishedAt;

    private @Nullable Termination termination;

    /**
     * What SIGTERM has led to.
     *
     * @param endsAt when it ends because of it, by itself or by SIGKILL
     */
    private record Termination(Instant endsAt, boolean killed) {}

    FakeContainer(
            InstanceId owner,
            String engineName,
            String id,
            TaskId task,
            String name,
            String image,
            String imageId,
            List<PortMapping> ports,
            boolean onHostNetwork,
            Map<String, String> labels,
            List<String> volumes,
            @Nullable HealthCheck healthCheck,
            Program program,
            Instant createdAt) {
        this.owner = owner;
        this.engineName = engineName;
        this.id = id;
        this.task = task;
        this.name = name;
        this.image = image;
        this.imageId = imageId;
        this.ports = ports;
        this.onHostNetwork = onHostNetwork;
        this.labels = labels;
        this.volumes = volumes;
        this.healthCheck = healthCheck;
        this.program = program;
        this.createdAt = createdAt;
    }

    boolean isRunning() {
        return state == Container.State.RUNNING;
    }

    /** When it ends, by itself or because it has been asked to; absent: not before it is. */
    @Nullable
    Instant endsAt() {
        if (!isRunning()) return null;
        Instant own = ownEnd();
        if (termination == null) return own;
        return own != null && own.isBefore(termination.endsAt()) ? own : termination.endsAt();
    }

    private @Nullable Instant ownEnd() {
        return program.runsFor() == null || startedAt == null ? null : startedAt.plus(program.runsFor());
    }

    /**
     * SIGTERM. Asked twice, it ends by the earlier of the two.
     *
     * @param timeout until SIGKILL
     * @param shutdown how long it takes to end, if it heeds the signal
     */
    void terminate(Duration timeout, Duration shutdown, Instant now) {
        boolean killed = program.ignoresTerm() || shutdown.compareTo(timeout) > 0;
        Termination asked = new Termination(now.plus(killed ? timeout : shutdown), killed);
        if (termination == null || asked.endsAt().isBefore(termination.endsAt())) termination = asked;
    }

    /** What was to end it has ended it. @return whether that was SIGKILL */
    boolean ends(Instant at) {
        Instant own = ownEnd();
        boolean byItself = termination == null || (own != null && own.isBefore(termination.endsAt()));
        boolean killed = !byItself && termination.killed();
        if (byItself) exited(program.exitCode(), program.outOfMemory(), at);
        else exited(killed ? Program.KILLED : Program.TERMINATED, false, at);
        return killed;
    }

    void started(List<NetworkBinding> published, Instant now) {
        state = Container.State.RUNNING;
        bindings = published;
        exitCode = null;
        oomKilled = false;
        startedAt = now;
        finishedAt = null;
        termination = null;
        if (program.prints() != null) print(new LogLine(now, false, program.prints()));
    }

    void exited(int code, boolean outOfMemory, Instant at) {
        state = Container.State.EXITED;
        bindings = List.of();
        exitCode = code;
        oomKilled = outOfMemory;
        finishedAt = at;
        followers.forEach(follower -> follower.ended(null));
        followers.clear();
    }

    void print(LogLine line) {
        log.add(line);
        followers.forEach(follower -> follower.line(line));
    }

    Container seen(Instant now, HealthStatus verdict) {
        return new Container(
                id,
                task,
                name,
                image,
                imageId,
                state,
                exitCode,
                oomKilled,
                null,
                health(now, verdict),
                isRunning() ? "127.0.0.1" : null,
                bindings,
                labels,
                isRunning() ? 1000L + Long.parseLong(id, 16) : null,
                createdAt,
                startedAt,
                finishedAt);
    }

    /** As with Docker, the first check comes one interval after the start. */
    private HealthStatus health(Instant now, HealthStatus verdict) {
        if (healthCheck == null || healthCheck.kind().isFromOutside() || !isRunning() || startedAt == null)
            return HealthStatus.UNKNOWN;
        return now.isBefore(startedAt.plusSeconds(healthCheck.intervalSeconds())) ? HealthStatus.UNKNOWN : verdict;
    }
}
