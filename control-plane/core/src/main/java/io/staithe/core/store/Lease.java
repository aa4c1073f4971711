package io.staithe.core.store;

/**
 * A promise of being alive. The store renews it by itself; objects put with it are deleted when it ends.
 *
 * <p>A lease can end behind its holder's back (a pause, a partition). {@link #isHeld} turns false no later than two
 * thirds of the time to live after the last renewal, measured on this machine's monotonic clock, so that a holder stops
 * before others take over. Holders ask before they act; the store checks once more at each commit.
 */
public interface Lease extends AutoCloseable {
    boolean isHeld();

    /** Ends the lease now; its objects are deleted. Does nothing when it has already ended. */
    @Override
    void close();
}
