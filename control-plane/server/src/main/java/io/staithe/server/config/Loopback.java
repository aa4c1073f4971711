package io.staithe.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Signed requests and join tokens may cross a network only inside TLS. */
final class Loopback {
    private Loopback() {}

    /** @throws IllegalArgumentException when others can reach {@code host} and there is no TLS */
    static void require(String host, String key, boolean tls) {
        if (tls || isLoopback(host, key)) return;
        throw new IllegalArgumentException(
                key + "=" + host + ": only a loopback address may be listened on without TLS;"
                        + " set staithe.tls.certificate and staithe.tls.key to PEM files");
    }

    private static boolean isLoopback(String host, String key) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(key + "=" + host + ": is not an address of this machine", e);
        }
    }
}
