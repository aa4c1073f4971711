package io.staithe.server.http;

import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.HttpAnswer;
import io.staithe.server.aws.HttpCall;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Passes a request for logs on to the control plane process that holds the host's session, and its answer back. The request
 * goes as its sender signed it, so that the other process checks for itself who asks. It is passed on once at most.
 */
public final class LogRelay {
    /** RFC 9110, 7.6.3: whoever passes a message on adds its name here, by which loops are found. */
    private static final String VIA = "via";

    private static final String NAME = "1.1 staithe";
    /** Headers of one connection, which do not go beyond it (RFC 9110, 7.6.1), and those that the client makes. */
    private static final Set<String> STAY =
            Set.of("connection", "keep-alive", "te", "upgrade", "transfer-encoding", "content-length");

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    /** For the head of the answer. After it a task may be silent for as long as it likes. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private static final long MAX_UNSENT_BYTES = 4 << 20;
    private static final int MAX_REFUSAL_BYTES = 64 << 10;
    private static final Logger LOG = Logger.getLogger(LogRelay.class);

    private final Vertx vertx;
    private final HttpClient client;

    /**
     * @param maxStreams that are passed on at once
     * @param trusted PEM file with the certificates by which the others are known; absent: the machine's own
     */
    public LogRelay(Vertx vertx, int maxStreams, @Nullable Path trusted) {
        this.vertx = vertx;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_WITHIN.toMillis())
                .setMaxPoolSize(maxStreams)
                .setKeepAlive(false);
        if (trusted != null) options.setTrustOptions(new PemTrustOptions().addCertPath(trusted.toString()));
        client = vertx.createHttpClient(options);
    }

    /** Whether another process sent it here. */
    static boolean isPassedOn(HttpCall call) {
        return call.headers().getOrDefault(VIA, List.of()).stream().anyMatch(via -> via.contains(NAME));
    }

    /**
     * From any thread.
     *
     * @param to the API of the process that holds the session
     * @param request is answered on {@code context}
     * @param over runs once, when the answer has ended for whatever reason
     */
    void pass(HttpCall call, URI to, HttpServerRequest request, Context context, Runnable over) {
        Passage passage = new Passage(call, to, request, context, over);
        context.runOnContext(on -> client.request(options(call, to))
                .onFailure(passage::unreachable)
                .onSuccess(passage::send));
    }

    private static RequestOptions options(HttpCall call, URI to) {
        boolean tls = "https".equals(to.getScheme());
        return new RequestOptions()
                .setHost(to.getHost())
                .setPort(to.getPort() >= 0 ? to.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI(call.query().isEmpty() ? call.path() : call.path() + "?" + call.query());
    }

    /** One request on its way. Everything on the request's own context. */
    private final class Passage {
        private final HttpCall call;
        private final URI to;
        private final HttpServerRequest request;
        private final Context context;
        private final Runnable over;

        Passage(HttpCall call, URI to, HttpServerRequest request, Context context, Runnable over) {
            this.call = call;
            this.to = to;
            this.request = request;
            this.context = context;
            this.over = over;
        }

        void send(HttpClientRequest passed) {
            call.headers().forEach((name, values) -> {
                if (!STAY.contains(name)) passed.putHeader(name, values);
            });
            passed.headers().add(VIA, NAME);
            long late = vertx.setTimer(ANSWER_WITHIN.toMillis(), timer -> passed.reset());
            request.response().closeHandler(gone -> passed.reset());
            passed.send().onComplete(answer -> {
                vertx.cancelTimer(late);
                if (answer.failed()) unreachable(answer.cause());
                else if (answer.result().statusCode() != 200) refuse(answer.result());
                else stream(answer.result(), passed);
            });
        }

        void unreachable(Throwable why) {
            LOG.infof("%s, which holds a host's session, does not answer: %s", to, why.getMessage());
            over.run();
            Streams.refuse(
                    context,
                    request,
                    ApiError.unavailable("The control plane process with the task's host does not answer; try again."));
        }

        private void stream(HttpClientResponse answer, HttpClientRequest passed) {
            OutStream out =
                    new OutStream(context, request.response(), "text/plain; charset=utf-8", MAX_UNSENT_BYTES, () -> {
                        over.run();
                        passed.reset();
                    });
            answer.handler(data -> {
                if (!out.write(data.getBytes())) passed.reset();
            });
            answer.endHandler(ended -> out.end());
            answer.exceptionHandler(broken -> out.cut());
            out.begin();
        }

        /** The other process's own words, as far as it is brief. */
        private void refuse(HttpClientResponse answer) {
            Buffer body = Buffer.buffer();
            answer.handler(data -> {
                if (body.length() + data.length() <= MAX_REFUSAL_BYTES) body.appendBuffer(data);
            });
            answer.exceptionHandler(this::unreachable);
            answer.endHandler(ended -> {
                over.run();
                String type = answer.getHeader("content-type");
                Map<String, String> headers = type == null ? Map.of() : Map.of("content-type", type);
                Calls.answer(
                        context, request.response(), new HttpAnswer(answer.statusCode(), headers, body.getBytes()));
            });
        }
    }
}
