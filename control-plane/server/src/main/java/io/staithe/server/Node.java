package io.staithe.server;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * This process among control planes.
 *
 * @param name unique to this start of this process: what an earlier start left in the store is never taken for its own
 */
record Node(String name) {
    private static final int RANDOM_BYTES = 6;

    static Node of(Optional<String> given, SecureRandom random) {
        byte[] drawn = new byte[RANDOM_BYTES];
        random.nextBytes(drawn);
        return new Node(given.orElse("control-plane") + "-" + HexFormat.of().formatHex(drawn));
    }
}
