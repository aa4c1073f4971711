package io.staithe.server;

import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This process among control planes.
 *
 * @param name unique to this start of this process: what an earlier start left in the store is never taken for its own
 * @param apiUrl where the others reach its API; absent: they do not
 */
record Node(String name, @Nullable String apiUrl) {
    private static final int RANDOM_BYTES = 6;

    /** @throws IllegalArgumentException when the address is none */
    static Node of(Optional<String> given, Optional<URI> advertised, SecureRandom random) {
        advertised.ifPresent(Node::check);
        byte[] drawn = new byte[RANDOM_BYTES];
        random.nextBytes(drawn);
        return new Node(
                given.orElse("control-plane") + "-" + HexFormat.of().formatHex(drawn),
                advertised.map(URI::toString).orElse(null));
    }

    private static void check(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || !String.valueOf(url.getRawPath()).isEmpty())
            throw new IllegalArgumentException(
                    "staithe.api.advertised-url=" + url + ": must be http://HOST:PORT or https://HOST:PORT");
    }
}
