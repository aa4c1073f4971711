package io.staithe.server.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The HTTP client of the SDK's clients, with a function in place of the network; keeps the calls and the answers. */
public final class InProcessHttp implements SdkHttpClient {
    private final Function<HttpCall, HttpAnswer> server;
    private final List<HttpCall> calls = new ArrayList<>();
    private final List<HttpAnswer> answers = new ArrayList<>();

    public InProcessHttp(Function<HttpCall, HttpAnswer> server) {
        this.server = server;
    }

    public HttpCall lastCall() {
        return calls.get(calls.size() - 1);
    }

    public HttpAnswer lastAnswer() {
        return answers.get(answers.size() - 1);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                byte[] body = request.contentStreamProvider().isPresent()
                        ? request.contentStreamProvider().get().newStream().readAllBytes()
                        : new byte[0];
                calls.add(seen(request.httpRequest(), body));
                answers.add(server.apply(lastCall()));
                return response(lastAnswer());
            }

            @Override
            public void abort() {}
        };
    }

    /** The call that a server would see of a request of the SDK. */
    public static HttpCall seen(SdkHttpRequest request, byte[] body) {
        String query = Objects.requireNonNullElse(request.getUri().getRawQuery(), "");
        return new HttpCall(request.method().name(), request.getUri().getRawPath(), query, request.headers(), body);
    }

    private static HttpExecuteResponse response(HttpAnswer answer) {
        var http = SdkHttpResponse.builder().statusCode(answer.status());
        answer.headers().forEach(http::putHeader);
        return HttpExecuteResponse.builder()
                .response(http.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                .build();
    }

    @Override
    public void close() {}
}
