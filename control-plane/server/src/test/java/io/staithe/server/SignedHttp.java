package io.staithe.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Requests to {@code /staithe/v1/}, signed by the AWS SDK's own signer. */
final class SignedHttp {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SignedHttp() {}

    static HttpResponse<String> get(String pathAndQuery) {
        return send(request("GET", pathAndQuery, ""), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> post(String pathAndQuery, String body) {
        return send(request("POST", pathAndQuery, body), HttpResponse.BodyHandlers.ofString());
    }

    /** An answer that goes on; whoever reads it closes it. */
    static HttpResponse<InputStream> open(String pathAndQuery) {
        return send(request("GET", pathAndQuery, ""), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static HttpRequest request(String method, String pathAndQuery, String body) {
        return SignedRequest.of(
                method,
                OneServer.api().resolve(pathAndQuery),
                body,
                OneServer.administrator().resolveCredentials());
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
