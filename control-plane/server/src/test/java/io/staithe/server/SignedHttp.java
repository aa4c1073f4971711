package io.staithe.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Requests to {@code /staithe/v1/}, signed by the AWS SDK's own signer. */
final class SignedHttp {
    /** The client makes these itself. */
    private static final Set<String> CLIENT_MAKES = Set.of("host", "content-length");

    /** For an answer's beginning. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
        URI uri = OneServer.api().resolve(pathAndQuery);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ContentStreamProvider content = () -> new ByteArrayInputStream(bytes);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(OneServer.administrator().resolveCredentials())
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.fromValue(method))
                                .uri(uri)
                                .build())
                        .payload(content)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "staithe")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes));
        signed.headers().forEach((name, values) -> {
            if (!CLIENT_MAKES.contains(name.toLowerCase(java.util.Locale.ROOT))) add(request, name, values);
        });
        return request.build();
    }

    private static void add(HttpRequest.Builder request, String name, List<String> values) {
        values.forEach(value -> request.header(name, value));
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
