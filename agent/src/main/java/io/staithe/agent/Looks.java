package io.staithe.agent;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.task.AgentLoop;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at the container runtime when it says that something happened, and from time to time in any case. One look at a
 * time. Except for {@link #markDirty} and {@link #isRuntimeHealthy}, of the agent's one thread only.
 */
final class Looks {
    /** A safety net for events that were lost. */
    private static final Duration REGULARLY = Duration.ofSeconds(30);

    /**
     * Many things happen at once when tasks start: they are seen together. What this agent did, it sees without a look, and
     * what happens while nothing else does is seen at once.
     */
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(300);

    private static final Duration WHEN_AWAY = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger("agent.runtime");

    private final ContainerRuntime runtime;
    private final AgentLoop loop;
    private final Inbox inbox;
    private final Executor workers;
    private final InstantSource clock;
    private final AtomicBoolean dirty = new AtomicBoolean(true);
    private volatile boolean healthy = true;
    private boolean looking;
    private Instant earliest = Instant.MIN;
    private Instant latest = Instant.MIN;

    Looks(ContainerRuntime runtime, AgentLoop loop, Inbox inbox, Executor workers, InstantSource clock) {
        this.runtime = runtime;
        this.loop = loop;
        this.inbox = inbox;
        this.workers = workers;
        this.clock = clock;
    }

    /** Something may have happened to the containers. From any thread. */
    void markDirty() {
        if (dirty.compareAndSet(false, true)) inbox.wake();
    }

    /** Whether the runtime answered the last look. From any thread. */
    boolean isRuntimeHealthy() {
        return healthy;
    }

    /** When {@link #look} will have something to do, as far as is known. */
    Instant wakeAt() {
        if (looking) return Instant.MAX;
        return dirty.get() ? earliest : latest;
    }

    /** Begins a look if one is due. */
    void look() {
        if (looking || clock.instant().isBefore(wakeAt())) return;
        looking = true;
        dirty.set(false);
        long mark = loop.mark();
        workers.execute(() -> {
            try {
                List<Container> containers = runtime.list();
                inbox.put(() -> looked(mark, containers));
            } catch (ContainerException failure) {
                inbox.put(() -> failed(failure));
            }
        });
    }

    private void looked(long mark, List<Container> containers) {
        Instant now = clock.instant();
        ended(now.plus(AT_MOST_EVERY), now.plus(REGULARLY));
        if (!healthy) LOG.log(Level.INFO, "the container runtime answers again");
        healthy = true;
        loop.observed(mark, containers, now);
    }

    private void failed(ContainerException failure) {
        Instant again = clock.instant().plus(WHEN_AWAY);
        ended(again, again);
        if (healthy) LOG.log(Level.WARNING, "the container runtime does not answer: {0}", failure.getMessage());
        healthy = false;
    }

    private void ended(Instant noSooner, Instant noLater) {
        looking = false;
        earliest = noSooner;
        latest = noLater;
    }
}
