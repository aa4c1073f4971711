package io.staithe.core.model;

import java.time.Instant;

/**
 * A credential of the API. SigV4 needs the secret itself, so it is kept encrypted (AES-256-GCM), never in clear.
 *
 * @param id what the client sends as its access key id
 * @param sealedSecret nonce and ciphertext, base64; the id is authenticated with it
 * @param principal who it speaks for, such as {@code admin}
 */
public record AccessKey(String id, String sealedSecret, String principal, Instant createdAt) implements Entity {
    public AccessKey {
        Check.that(id.matches("[A-Z0-9]{16,32}"), "accessKeyId", "must be 16 to 32 of A-Z and 0-9");
        Check.name(principal, "principal");
    }

    @Override
    public Key key() {
        return new Key(Kind.ACCESS_KEY, id);
    }

    @Override
    public String toString() {
        return "AccessKey[" + id + ", " + principal + "]";
    }
}
