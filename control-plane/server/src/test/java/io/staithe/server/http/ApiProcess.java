package io.staithe.server.http;

import io.staithe.core.model.AccessKey;
import io.staithe.core.state.ClusterState;
import io.staithe.server.auth.AccessKeys;
import io.staithe.server.auth.SignatureV4;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.HttpAnswer;
import io.staithe.server.gateway.LogReader;
import io.staithe.server.gateway.LogSource;
import io.staithe.server.gateway.Peers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The log streams of one control plane process on a real port, with a test in the place of its agents. */
final class ApiProcess implements LogSource, AutoCloseable {
    private static final int MAX_STREAMS = 2;
    private static final int PATIENCE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final StreamLimit limit = new StreamLimit(MAX_STREAMS);
    private final BlockingQueue<LogReader> readers = new LinkedBlockingQueue<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final ApiRoutes routes = new ApiRoutes(vertx, 1 << 20, Duration.ofSeconds(10), 2, 10, () -> true);
    private final HttpServer server;
    volatile ClusterState state = ClusterState.EMPTY;
    /** Whether it holds the session of every host that it is asked about. */
    volatile boolean connected;

    ApiProcess(String node, AccessKey key, AccessKeys secrets) {
        SignatureV4 signatures = new SignatureV4(
                id -> Optional.of(key).filter(known -> known.id().equals(id)), secrets);
        InstantSource clock = InstantSource.system();
        LogStreams logs = new LogStreams(
                signatures,
                limit,
                clock,
                () -> state,
                this,
                new Peers(node, () -> state),
                new LogRelay(vertx, MAX_STREAMS, null));
        Router router = Router.router(vertx);
        HttpAnswer nothing = new HttpAnswer(404, Map.of(), new byte[0]);
        routes.mount(router, call -> nothing, call -> nothing, new EventStreams(signatures, limit, clock), logs);
        server = vertx.createHttpServer().requestHandler(router);
        server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** Whoever reads next. */
    LogReader reader() throws InterruptedException {
        @Nullable LogReader reader = readers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (reader == null) throw new AssertionError("nobody asked for logs");
        return reader;
    }

    /** Readers that have gone. */
    int cancelled() {
        return cancelled.get();
    }

    int openStreams() {
        return limit.open();
    }

    @Override
    public Runnable open(Request request, LogReader reader) {
        if (!connected) throw ApiError.unavailable("The task's host is not connected to this control plane.");
        readers.add(reader);
        return cancelled::incrementAndGet;
    }

    @Override
    public void close() {
        routes.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
