package io.staithe.server.ecs;

import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.server.aws.ApiError;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what an operation decides on a snapshot: a decision that met another writer is made again on the newer
 * state, one whose commit was not answered is looked for in the state first. What was decided once is so never done twice,
 * as long as a decision recognises its own work: by client token, incarnation, or the state that it asks for.
 */
public final class Commits {
    private static final int MAX_ATTEMPTS = 8;
    private static final Duration FOR_OTHERS_AT_MOST = Duration.ofMillis(500);
    private static final Duration FOR_OURS_AT_MOST = Duration.ofSeconds(2);

    private final Store store;
    private final Waiting waiting;

    public Commits(Store store, Waiting waiting) {
        this.store = store;
        this.waiting = waiting;
    }

    /**
     * What to write, and what to answer once it is written.
     *
     * @param plan empty: it is so already
     */
    public record Decision<T>(Plan plan, Function<ClusterState, T> answer) {
        public static <T> Decision<T> already(Function<ClusterState, T> answer) {
            return new Decision<>(Plan.NOTHING, answer);
        }
    }

    public ClusterState state() {
        return waiting.state();
    }

    public Waiting waiting() {
        return waiting;
    }

    /**
     * Decides and commits until it is done. When this returns, this process's state shows the write.
     *
     * @throws ApiError what {@code decide} refuses; ServerException when others were in the way each time
     */
    public <T> T commit(Function<ClusterState, Decision<T>> decide) {
        Decision<T> unanswered = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            ClusterState state = waiting.state();
            if (unanswered != null && shows(state, unanswered.plan()))
                return unanswered.answer().apply(state);
            Decision<T> decision = decide.apply(state);
            if (decision.plan().isEmpty()) return decision.answer().apply(state);
            CommitResult result = commit(decision.plan());
            if (result instanceof CommitResult.Committed committed)
                return decision.answer().apply(seen(state, decision.plan(), committed.revision()));
            if (result instanceof CommitResult.Unknown) {
                unanswered = decision;
                waiting.until(later -> shows(later, decision.plan()), FOR_OURS_AT_MOST);
            } else {
                waiting.until(later -> later.revision() > state.revision(), FOR_OTHERS_AT_MOST);
            }
        }
        throw ApiError.server("The request was in conflict with others, or the store did not answer; try again.");
    }

    private CommitResult commit(Plan plan) {
        try {
            return store.commit(plan);
        } catch (StoreUnavailable unavailable) {
            return new CommitResult.Unknown(String.valueOf(unavailable.getMessage()));
        }
    }

    /** The state with the plan in it: this process's own once it has arrived there, else the one that it will be. */
    private ClusterState seen(ClusterState before, Plan plan, long revision) {
        ClusterState now = waiting.until(later -> later.revision() >= revision, FOR_OTHERS_AT_MOST);
        return now.revision() >= revision ? now : before.apply(plan, revision);
    }

    private static boolean shows(ClusterState state, Plan plan) {
        return plan.changes().stream().allMatch(change -> shows(state, change));
    }

    private static boolean shows(ClusterState state, Change change) {
        @Nullable Object found = state.get(change.key()).orElse(null);
        return change instanceof Change.Put put ? put.entity().equals(found) : found == null;
    }
}
