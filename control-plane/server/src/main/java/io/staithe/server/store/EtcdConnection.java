package io.staithe.server.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.netty.handler.ssl.SslContextBuilder;
import io.staithe.core.store.StoreUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of etcd in which no call waits for ever. */
final class EtcdConnection implements AutoCloseable {
    /** A page of a listing, or the changes that a view missed while it was cut off. */
    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    /** Finds a member that is stopped or cut off; etcd refuses clients that ask more often than every 5 seconds. */
    private static final Duration KEEPALIVE_EVERY = Duration.ofSeconds(10);

    private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(3);
    /** What jetcd adds to a call's own deadline: its queue and its event loop. */
    private static final Duration SLACK = Duration.ofMillis(500);

    private final Client client;
    private final Duration patience;

    /** Does not connect yet. */
    EtcdConnection(EtcdSettings settings) {
        ClientBuilder builder = Client.builder()
                .endpoints(settings.endpoints())
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .keepaliveTime(KEEPALIVE_EVERY)
                .keepaliveTimeout(KEEPALIVE_TIMEOUT)
                .connectTimeout(settings.answerWithin())
                // Of a transaction, jetcd repeats only what was refused for an outdated authentication token.
                .retryMaxDuration(settings.answerWithin())
                .interceptor(new Deadlines(settings.answerWithin()));
        try {
            if (settings.user() != null && settings.passwordFile() != null)
                builder.user(bytes(settings.user())).password(bytes(password(settings.passwordFile())));
            // No authority is set: each member has to prove the name in its own endpoint.
            if (settings.isTls()) builder.sslContext(tls -> trust(tls, settings));
        } catch (IOException e) {
            throw new StoreUnavailable("cannot read the credentials for etcd", e);
        }
        client = builder.build();
        patience = settings.answerWithin().plus(SLACK);
    }

    Client client() {
        return client;
    }

    /**
     * Waits for an answer, within the deadline.
     *
     * @throws TimeoutException when there is none; what was asked may still happen
     * @throws ExecutionException when etcd or the way to it says no
     */
    <T> T answer(CompletableFuture<T> call) throws TimeoutException, ExecutionException, InterruptedException {
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            call.cancel(true);
            throw e;
        }
    }

    /** {@link #answer} for what can be asked again at will. */
    <T> T read(CompletableFuture<T> call) {
        try {
            return answer(call);
        } catch (TimeoutException e) {
            throw new StoreUnavailable("etcd does not answer", e);
        } catch (ExecutionException e) {
            throw new StoreUnavailable("etcd: " + EtcdErrors.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for etcd", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private static String password(Path file) throws IOException {
        return Files.readString(file).stripTrailing();
    }

    private static void trust(SslContextBuilder tls, EtcdSettings settings) {
        if (settings.caFile() != null) tls.trustManager(settings.caFile().toFile());
        if (settings.certificateFile() != null && settings.keyFile() != null)
            tls.keyManager(
                    settings.certificateFile().toFile(), settings.keyFile().toFile());
    }

    /** Without this, a call to a server that is stopped waits for as long as it is stopped. Streams are watched by silence. */
    private static final class Deadlines implements ClientInterceptor {
        private static final String KEEP_ALIVE = "LeaseKeepAlive";

        private final Duration answerWithin;

        Deadlines(Duration answerWithin) {
            this.answerWithin = answerWithin;
        }

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            boolean bounded = method.getType().clientSendsOneMessage() || KEEP_ALIVE.equals(method.getBareMethodName());
            return next.newCall(
                    method,
                    bounded ? options.withDeadlineAfter(answerWithin.toMillis(), TimeUnit.MILLISECONDS) : options);
        }
    }
}
