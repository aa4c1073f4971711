package io.staithe.cli.api;

import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * The TLS of a client that speaks plain HTTP: none. {@code java.net.http} wants a context in any case, and a real one reads
 * the store of certification authorities and starts the security providers, a tenth of a second for nothing.
 */
final class NoTls extends SSLContextSpi {
    private NoTls() {}

    static SSLContext context() {
        return new SSLContext(new NoTls(), new None(), "none") {};
    }

    private static final class None extends Provider {
        None() {
            super("none", "1", "has no algorithms");
        }
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new SSLParameters(new String[0], new String[] {"TLSv1.3"});
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return engineGetDefaultSSLParameters();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
        throw plainOnly();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw plainOnly();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw plainOnly();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        throw plainOnly();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        throw plainOnly();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw plainOnly();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw plainOnly();
    }

    private static IllegalStateException plainOnly() {
        return new IllegalStateException("this client speaks plain HTTP only");
    }
}
