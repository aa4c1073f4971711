package io.staithe.server.auth;

import io.staithe.core.model.AccessKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys that SigV4 derives from a secret for a day, region and service, kept because a client uses one for a whole day. The
 * sealed secret is part of the name, so a key that was changed is derived anew.
 */
final class SigningKeys {
    private static final int MAX_KEPT = 256;

    private record Name(String sealedSecret, String scope) {}

    private final AccessKeys secrets;
    private final Map<Name, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, byte[]> eldest) {
            return size() > MAX_KEPT;
        }
    };

    SigningKeys(AccessKeys secrets) {
        this.secrets = secrets;
    }

    byte[] of(AccessKey key, Authorization claimed) {
        Name name = new Name(key.sealedSecret(), claimed.scope());
        synchronized (kept) {
            return kept.computeIfAbsent(name, missing -> derive(secrets.open(key), claimed));
        }
    }

    private static byte[] derive(String secret, Authorization claimed) {
        byte[] date = Hashes.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), claimed.date());
        byte[] service = Hashes.hmac(Hashes.hmac(date, claimed.region()), claimed.service());
        return Hashes.hmac(service, "aws4_request");
    }
}
