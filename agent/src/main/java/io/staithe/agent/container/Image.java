package io.staithe.agent.container;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that is on this host.
 *
 * @param id the engine's own id
 * @param references the names and tags under which it is known here
 * @param digest of its manifest in the repository that was asked for, {@code sha256:...}; absent for one that was built here, or
 *     is from elsewhere
 * @param sizeBytes on disk, shared layers included
 */
public record Image(
        String id, List<String> references, @Nullable String digest, long sizeBytes, Instant createdAt) {
    public Image {
        references = List.copyOf(references);
    }
}
