package io.staithe.server.aws;

import java.time.Instant;

/** Checks who sent a call. */
@FunctionalInterface
public interface Authenticator {
    /**
     * Who sent the call.
     *
     * @throws ApiError when that is not proved
     */
    Identity authenticate(HttpCall call, Instant now);
}
