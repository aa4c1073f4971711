package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;
import org.jspecify.annotations.Nullable;

/**
 * A host as its provider sees it.
 *
 * @param group the host group for which it was started
 * @param providerId the provider's own name of it; absent: it has none but the id
 * @param message absent: nothing to say
 */
public record ListedHost(
        InstanceId id,
        String group,
        State state,
        @Nullable String providerId,
        @Nullable String message) {
    public enum State {
        STARTING,
        RUNNING,
        /** Running, and to be taken back soon. */
        INTERRUPTED,
        /** On its way out. */
        ENDING,
        ENDED
    }
}
