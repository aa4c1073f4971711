package io.staithe.server;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** A request to {@code /staithe/v1/}, signed by the AWS SDK's own signer. */
public final class SignedRequest {
    /** The client makes these itself. */
    private static final Set<String> CLIENT_MAKES = Set.of("host", "content-length");

    /** For an answer's beginning. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private SignedRequest() {}

    public static HttpRequest of(String method, URI uri, String body, AwsCredentialsIdentity identity) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ContentStreamProvider content = () -> new ByteArrayInputStream(bytes);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(identity)
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
            if (!CLIENT_MAKES.contains(name.toLowerCase(Locale.ROOT))) add(request, name, values);
        });
        return request.build();
    }

    private static void add(HttpRequest.Builder request, String name, List<String> values) {
        values.forEach(value -> request.header(name, value));
    }
}
