package io.staithe.server.http;

import io.staithe.server.aws.HttpAnswer;
import io.staithe.server.aws.HttpCall;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Between Vert.x's requests and responses and ours. */
final class Calls {
    /** How long a refused client may take to notice. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private Calls() {}

    static HttpCall of(HttpServerRequest request, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.computeIfAbsent(name, n -> new ArrayList<>())
                .add(value));
        String query = request.query();
        return new HttpCall(request.method().name(), request.path(), query == null ? "" : query, headers, body);
    }

    /** From any thread. */
    static void answer(Context context, HttpServerResponse response, HttpAnswer answer) {
        context.runOnContext(on -> {
            if (response.closed() || response.ended()) return;
            response.setStatusCode(answer.status());
            answer.headers().forEach(response::putHeader);
            response.end(Buffer.buffer(answer.body()));
        });
    }

    /**
     * Answers and hangs up. What the client still sends is read for a while, and not looked at: a connection that is closed
     * on unread data takes the answer back. On the request's own context.
     */
    static void refuse(HttpServerRequest request, Refusal refusal) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) return;
        HttpAnswer answer = refusal.answer();
        response.setStatusCode(answer.status()).putHeader("connection", "close");
        answer.headers().forEach(response::putHeader);
        Future<Void> sent = response.end(Buffer.buffer(answer.body()));
        if (request.isEnded()) {
            sent.onComplete(done -> request.connection().close());
            return;
        }
        request.handler(unread -> {});
        Future<Void> read = request.end();
        Vertx vertx = Vertx.currentContext().owner();
        long timer =
                vertx.setTimer(LINGER.toMillis(), late -> request.connection().close());
        Future.join(sent, read).onComplete(done -> {
            vertx.cancelTimer(timer);
            request.connection().close();
        });
    }
}
