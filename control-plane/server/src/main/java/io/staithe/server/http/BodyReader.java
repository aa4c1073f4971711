package io.staithe.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads a request's body whole, within a size and a time. Runs on the request's event loop. */
final class BodyReader {
    private final Vertx vertx;
    private final int maxBytes;
    private final Duration timeout;

    BodyReader(Vertx vertx, int maxBytes, Duration timeout) {
        this.vertx = vertx;
        this.maxBytes = maxBytes;
        this.timeout = timeout;
    }

    /** Exactly one of the two is called, once; none when the client goes away. The body is not read further after a refusal. */
    void read(HttpServerRequest request, Consumer<byte[]> whole, Consumer<Refusal> refused) {
        if (declaresMore(request)) {
            refused.accept(tooLarge());
            return;
        }
        new Reading(request, whole, refused).start();
    }

    private boolean declaresMore(HttpServerRequest request) {
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared == null) return false;
        try {
            return Long.parseLong(declared) > maxBytes;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private Refusal tooLarge() {
        return new Refusal(
                413, "RequestEntityTooLargeException", "The request body must be at most " + maxBytes + " bytes.");
    }

    private final class Reading {
        private final HttpServerRequest request;
        private final Consumer<byte[]> whole;
        private final Consumer<Refusal> refused;
        private final Buffer body = Buffer.buffer();
        private long timer;
        private boolean done;

        Reading(HttpServerRequest request, Consumer<byte[]> whole, Consumer<Refusal> refused) {
            this.request = request;
            this.whole = whole;
            this.refused = refused;
        }

        void start() {
            timer = vertx.setTimer(
                    timeout.toMillis(),
                    t -> refuse(new Refusal(408, "RequestTimeoutException", "The request body did not come in time.")));
            request.exceptionHandler(gone -> finish());
            request.handler(this::part);
            request.endHandler(end -> {
                if (finish()) whole.accept(body.getBytes());
            });
        }

        private void part(Buffer part) {
            if (done) return;
            if (body.length() + part.length() > maxBytes) refuse(tooLarge());
            else body.appendBuffer(part);
        }

        private void refuse(Refusal refusal) {
            if (finish()) refused.accept(refusal);
        }

        private boolean finish() {
            if (done) return false;
            done = true;
            vertx.cancelTimer(timer);
            return true;
        }
    }
}
