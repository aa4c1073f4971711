package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of a {@link ProvisionedHost}.
 *
 * @param tokenHash SHA-256 of the token with which this host alone may join, in hexadecimal
 * @param providerId the provider's own name of it; absent: it has none, or not yet
 * @param message why it was refused, for people
 */
public record HostReport(
        InstanceId host,
        State state,
        String tokenHash,
        @Nullable String providerId,
        @Nullable String message,
        Instant at)
        implements Entity {
    public enum State {
        /** About to be asked for. */
        ASKED,
        /** Accepted, and not running yet as far as known. */
        STARTING,
        RUNNING,
        /** Cannot be had now; it is asked for again. */
        UNAVAILABLE,
        /** Can never be had as it is asked for. */
        REFUSED,
        /** The interruption of a spot host is announced. */
        INTERRUPTED,
        /** The provider has nothing of that name, or no longer. */
        GONE
    }

    @Override
    public Key key() {
        return Key.hostReport(host);
    }

    /** The same host, of which something else is said now. */
    public HostReport now(State to, @Nullable String id, @Nullable String why, Instant since) {
        return new HostReport(host, to, tokenHash, id == null ? providerId : id, why, since);
    }
}
