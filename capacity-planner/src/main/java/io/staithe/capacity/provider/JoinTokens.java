package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;

/** The tokens with which hosts that are bought join: one each, the same whenever asked, and nobody else's. */
public interface JoinTokens {
    String token(InstanceId host);

    /** SHA-256 of {@link #token}, in hexadecimal. */
    String hash(InstanceId host);
}
