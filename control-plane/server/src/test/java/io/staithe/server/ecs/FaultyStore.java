package io.staithe.server.ecs;

import io.staithe.core.model.Key;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.MemoryStore;
import io.staithe.core.store.Store;
import io.staithe.core.store.View;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store in memory whose next commits go wrong in the ways that were asked for. */
public final class FaultyStore implements Store {
    public enum Fault {
        /** Somebody else was quicker. */
        CONFLICT,
        /** Applied, and not answered. */
        UNKNOWN_APPLIED,
        /** Neither applied nor answered. */
        UNKNOWN_LOST
    }

    private final MemoryStore memory;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Deque<Runnable> others = new ArrayDeque<>();
    private int commits;

    public FaultyStore(MemoryStore memory) {
        this.memory = memory;
    }

    public void next(Fault fault) {
        faults.add(fault);
    }

    /** What somebody else does right before the next commit. */
    public void before(Runnable other) {
        others.add(other);
    }

    /** How many commits were tried. */
    public int commits() {
        return commits;
    }

    @Override
    public View open(Consumer<Event> sink) {
        return memory.open(sink);
    }

    @Override
    public CommitResult commit(Plan plan, @Nullable Lease lease) {
        commits++;
        Runnable other = others.poll();
        if (other != null) other.run();
        Fault fault = faults.poll();
        if (fault == null) return memory.commit(plan, lease);
        return switch (fault) {
            case CONFLICT -> new CommitResult.Conflict(Key.cluster("somebody-elses"));
            case UNKNOWN_LOST -> new CommitResult.Unknown("no answer in time");
            case UNKNOWN_APPLIED -> {
                memory.commit(plan, lease);
                yield new CommitResult.Unknown("no answer in time");
            }
        };
    }

    @Override
    public Lease grant(Duration ttl) {
        return memory.grant(ttl);
    }

    @Override
    public void close() {
        memory.close();
    }
}
