package io.staithe.core.store;

import io.staithe.core.state.Plan;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where all state meets: a map of objects with one rising revision, all-or-nothing commits under expected revisions,
 * views without gaps, and leases. Thread-safe.
 *
 * <p>Three implementations run the same contract test: {@link MemoryStore} (the executable specification), the embedded
 * persistent store and the etcd store.
 */
public interface Store extends AutoCloseable {
    /**
     * A snapshot and every later event, in order and without a gap. The sink must not block: it enqueues. It may be
     * called, on another thread, before this method returns, but only with events later than the snapshot.
     *
     * @throws StoreUnavailable when the store cannot be read now
     */
    View open(Consumer<Event> sink);

    /** Commits a plan without a lease. See {@link #commit(Plan, Lease)}. */
    default CommitResult commit(Plan plan) {
        return commit(plan, null);
    }

    /**
     * Writes all of the plan's changes durably, or none: each changed or guarded object must have its expected revision.
     * Bounded in time: no answer within the store's deadline is {@link CommitResult.Unknown}. Reasons become {@code
     * ServiceEvent}s only through {@code Events}, never here.
     *
     * @param lease which leased puts are bound to; required when the plan has one
     * @throws IllegalArgumentException when the plan is empty, larger than {@link Plan#MAX_OPERATIONS} or names a key twice
     */
    CommitResult commit(Plan plan, @Nullable Lease lease);

    /**
     * A new lease that is renewed until it is closed.
     *
     * @param ttl how long it outlives its last renewal; at least 1 second
     * @throws IllegalArgumentException when {@code ttl} is shorter
     * @throws StoreUnavailable when the store does not answer
     */
    Lease grant(Duration ttl);

    @Override
    void close();
}
