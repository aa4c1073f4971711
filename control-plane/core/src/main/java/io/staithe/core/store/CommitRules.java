package io.staithe.core.store;

import io.staithe.core.model.Key;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every store checks before it commits. */
public final class CommitRules {
    private static final Duration MIN_TTL = Duration.ofSeconds(1);

    private CommitRules() {}

    /** @throws IllegalArgumentException when the plan cannot be committed by any store */
    public static void check(Plan plan, @Nullable Lease lease) {
        if (plan.changes().isEmpty()) throw new IllegalArgumentException("the plan is empty");
        int operations = plan.changes().size() + plan.guards().size();
        if (operations > Plan.MAX_OPERATIONS)
            throw new IllegalArgumentException(
                    "the plan has " + operations + " operations, more than " + Plan.MAX_OPERATIONS);
        Set<Key> keys = new HashSet<>();
        for (Change change : plan.changes()) {
            if (!keys.add(change.key())) throw new IllegalArgumentException(change.key() + " is written twice");
            if (change instanceof Change.Put put && put.leased() && lease == null)
                throw new IllegalArgumentException(change.key() + " is leased, and no lease is given");
        }
    }

    /** @throws IllegalArgumentException when no store grants such a lease */
    public static void checkTtl(Duration ttl) {
        if (ttl.compareTo(MIN_TTL) < 0)
            throw new IllegalArgumentException("a lease lives at least " + MIN_TTL.toSeconds() + " second");
    }

    /** The first object of the plan that is not as expected in {@code state}. */
    public static @Nullable Key firstConflict(Plan plan, ClusterState state) {
        for (Guard guard : plan.guards())
            if (!asExpected(state, guard.key(), guard.expectedRevision())) return guard.key();
        for (Change change : plan.changes())
            if (!asExpected(state, change.key(), change.expectedRevision())) return change.key();
        return null;
    }

    private static boolean asExpected(ClusterState state, Key key, long expected) {
        return expected == Change.ANY || state.revisionOf(key) == expected;
    }
}
