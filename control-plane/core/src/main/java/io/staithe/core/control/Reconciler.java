package io.staithe.core.control;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * One concern of the control plane: reads the state, returns what should change about one key. Must be pure, and must
 * return an empty plan once its own plan is in the state; the plan's size must fit a commit, and what does not fit waits
 * for the next pass.
 */
public interface Reconciler {
    /** For people and metrics: one word in lower case. */
    String name();

    /**
     * The keys to look at again because {@code entity} appeared, changed or vanished. Called with the object as it was and
     * as it is; {@code state} is the newer state.
     */
    Stream<Key> concerned(Entity entity, ClusterState state);

    Plan reconcile(ClusterState state, Key key, Instant now);
}
