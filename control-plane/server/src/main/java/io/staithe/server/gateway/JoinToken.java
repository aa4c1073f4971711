package io.staithe.server.gateway;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;

/** Takes the join token from a call's metadata: {@code authorization: Bearer TOKEN}. */
@GlobalInterceptor
@Singleton
public class JoinToken implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "Bearer ";
    private static final Context.Key<String> SENT = Context.key("join-token");

    /** The token of the call that is being opened; empty: none was sent. */
    static String sent() {
        String sent = SENT.get();
        return sent == null ? "" : sent;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String value = headers.get(AUTHORIZATION);
        String token = value != null && value.startsWith(BEARER) ? value.substring(BEARER.length()) : "";
        return Contexts.interceptCall(Context.current().withValue(SENT, token), call, headers, next);
    }
}
