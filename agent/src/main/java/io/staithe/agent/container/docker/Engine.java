package io.staithe.agent.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connections to the engine, and the deadlines of what is asked over them. */
final class Engine implements AutoCloseable {
    private static final int OK = 200;
    private static final int MAX_CALLS = 32;
    private static final int MAX_STREAMS = 128;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A question to the engine. */
    interface Question<T> {
        T ask(DockerClient docker);
    }

    private final URI host;
    private final Duration callDeadline;
    private final DockerClientConfig config;
    private final DockerHttpClient calls;
    private final DockerHttpClient streams;
    private final ScheduledThreadPoolExecutor timer;

    Engine(URI host, Duration callDeadline) {
        this.host = host;
        this.callDeadline = callDeadline;
        config = new EngineConfig(host);
        calls = open(MAX_CALLS, callDeadline);
        streams = open(MAX_STREAMS, null);
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "docker-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** @param code what a refusal is called */
    <T> T call(Code code, Question<T> question) throws ContainerException {
        return call(code, callDeadline, question);
    }

    /** With a deadline that may only be shorter than the usual one. */
    <T> T call(Code code, Duration deadline, Question<T> question) throws ContainerException {
        return bounded(calls, code, deadline, call -> question.ask(client(call)));
    }

    /** With a deadline that may be longer than the usual one. */
    <T> T longCall(Code code, Duration deadline, Question<T> question) throws ContainerException {
        try (DockerHttpClient own = open(1, deadline)) {
            return bounded(own, code, deadline, call -> question.ask(client(call)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the answer as the engine writes it */
    String get(Code code, Duration deadline, String path) throws ContainerException {
        return bounded(calls, code, deadline, call -> {
            try (DockerHttpClient.Response response = call.execute(DockerHttpClient.Request.builder()
                    .method(DockerHttpClient.Request.Method.GET)
                    .path(path)
                    .build())) {
                String body = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
                if (response.getStatusCode() != OK) throw new DockerException(body, response.getStatusCode());
                return body;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    /** For answers that go on. No deadline: whoever opens it cancels it. */
    HttpCall stream() {
        return new HttpCall(streams);
    }

    DockerClient client(HttpCall call) {
        return DockerClientImpl.getInstance(config, call);
    }

    private <T> T bounded(DockerHttpClient http, Code code, Duration deadline, Function<HttpCall, T> question)
            throws ContainerException {
        HttpCall call = new HttpCall(http);
        ScheduledFuture<?> atDeadline = timer.schedule(call::cancel, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return question.apply(call);
        } catch (RuntimeException e) {
            if (call.isCancelled())
                throw new ContainerException(Code.TIMEOUT, "no answer within " + deadline.toSeconds() + " s", e);
            throw Failures.of(code, e);
        } finally {
            atDeadline.cancel(false);
        }
    }

    private DockerHttpClient open(int connections, @Nullable Duration responseTimeout) {
        ZerodepDockerHttpClient.Builder builder = new ZerodepDockerHttpClient.Builder()
                .dockerHost(host)
                .maxConnections(connections)
                .connectionTimeout(CONNECT_TIMEOUT);
        return (responseTimeout == null ? builder : builder.responseTimeout(responseTimeout)).build();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            calls.close();
            streams.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
