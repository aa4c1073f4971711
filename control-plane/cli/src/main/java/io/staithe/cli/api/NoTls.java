package io.staithe.cli.api;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A TLS context that trusts nobody, for clients that speak plain HTTP. {@code java.net.http} wants one in any case, and its
 * default reads the whole store of certification authorities: a tenth of a second for nothing.
 */
final class NoTls {
    private NoTls() {}

    static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has TLS", e);
        }
    }
}
