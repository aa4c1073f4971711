package io.staithe.server.http;

import io.staithe.server.aws.ApiError;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;

/** Refusing a stream before it opens. From any thread. */
final class Streams {
    private Streams() {}

    static void refuse(Context context, HttpServerRequest request, ApiError error) {
        refuse(context, request, new Refusal(error.status(), error.code(), error.message()));
    }

    static void refuse(Context context, HttpServerRequest request, Refusal refusal) {
        Calls.answer(context, request.response(), refusal.answer());
    }
}
