package io.staithe.cli.api;

import org.jspecify.annotations.Nullable;

/** An access key, as AWS profile files hold it. */
public record Credentials(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken) {
    /** Without the secrets: a record's own would print them. */
    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + "]";
    }
}
