package io.staithe.server.http;

import io.staithe.server.aws.HttpCall;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;

/** Answers a request with a stream that stays open. */
interface StreamHandler {
    /**
     * Called on a thread that may block for a moment; returns once the stream is open or refused.
     *
     * @param context where the response is to be written
     */
    void open(HttpCall call, HttpServerRequest request, Context context);
}
