package io.staithe.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.AccessKey;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.HttpCall;
import io.staithe.server.aws.Identity;
import io.staithe.server.aws.InProcessHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Our check against the signer of AWS's SDK. */
final class SignatureV4Test {
    private static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");
    private static final AccessKeys SECRETS =
            new AccessKeys(new SecretKeySpec(new byte[MasterKey.BYTES], "AES"), new SecureRandom());
    private static final AccessKeys.Created ADMIN = SECRETS.create("admin", NOW);

    private final Map<String, AccessKey> keys = new HashMap<>(Map.of(ADMIN.key().id(), ADMIN.key()));
    private final SignatureV4 signatures = new SignatureV4(id -> Optional.ofNullable(keys.get(id)), SECRETS);

    /** Paths and queries as they stand on the wire. */
    private static final List<String> ADDRESSES = List.of(
            "/",
            "",
            "/staithe/v1/apply?dryRun=true",
            "/staithe/v1/apply?dryRun=true&expectedRevision=12",
            "/a%20b",
            "/a%2Fb/c",
            "/arn%3Aaws%3Aecs%3Aeu-west-1%3A0%3Aservice%2Fdefault%2Fweb",
            "/arn:aws:lambda:eu-west-1:000000000000:function:f/invocations",
            "/%E4%B8%96%E7%95%8C",
            "/with~tilde-_.!*'()",
            "/trailing/",
            "/a/./b/../c",
            "/a//b",
            "/?b=2&a=1",
            "/?a=2&a=1&a=",
            "/?a",
            "/?a=",
            "/?a-b=1&a=2&A=3",
            "/?q=%E4%B8%96&plus=a%2Bb&space=a%20b",
            "/?slash=%2Fa%2Fb&equals=a%3Db",
            "/?tilde=~&star=%2A");

    private static final List<String> BODIES =
            List.of("", "{}", "Action=GetCallerIdentity&Version=2011-06-15", "\u4e16\u754c \ud83d\udea2 \0 \r\n");

    @TestFactory
    Stream<DynamicTest> acceptsWhatTheSdkSigns() {
        return ADDRESSES.stream().flatMap(address -> BODIES.stream()
                .map(body -> DynamicTest.dynamicTest(address + " with " + body.length() + " characters", () -> {
                    Identity identity = signatures.authenticate(signed(address, body, NOW), NOW);
                    assertEquals(new Identity(ADMIN.key().id(), "admin", "eu-west-1", "ecs"), identity);
                })));
    }

    @TestFactory
    Stream<DynamicTest> acceptsHeadersAsTheyCome() {
        return Map.of("spaces", List.of("  a   b  "), "several", List.of("a", " b"), "empty", List.of(""))
                .entrySet()
                .stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    var request = request("/", "x").toBuilder()
                            .putHeader("X-Amz-Meta", row.getValue())
                            .build();
                    assertEquals(
                            "admin",
                            signatures
                                    .authenticate(sign(request, "x", NOW), NOW)
                                    .principal());
                }));
    }

    /** What is done to a signed call, and the words that it earns. */
    private static final Map<String, UnaryOperator<HttpCall>> FORGED = Map.ofEntries(
            Map.entry("another method", c -> new HttpCall("PUT", c.path(), c.query(), c.headers(), c.body())),
            Map.entry("another path", c -> new HttpCall(c.method(), "/b", c.query(), c.headers(), c.body())),
            Map.entry("another query", c -> new HttpCall(c.method(), c.path(), "a=2", c.headers(), c.body())),
            Map.entry("another body", c -> new HttpCall(c.method(), c.path(), c.query(), c.headers(), new byte[1])),
            Map.entry("another target", c -> with(c, "x-amz-target", "X.DeleteCluster")),
            Map.entry("another host", c -> with(c, "host", "example.com")),
            Map.entry("a signed header missing", c -> without(c, "x-amz-target")),
            Map.entry("another hash of the body", c -> with(c, "x-amz-content-sha256", "UNSIGNED-PAYLOAD")),
            Map.entry("an unsigned x-amz header", c -> with(c, "x-amz-security", "x")),
            Map.entry("an unsigned x-staithe header", c -> with(c, "x-staithe-run", "priority=9")),
            Map.entry("host not signed", c -> replaced(c, "SignedHeaders=[^,]*", "SignedHeaders=x-amz-date")),
            Map.entry("another signature", c -> replaced(c, "Signature=.{4}", "Signature=0000")),
            Map.entry("another region", c -> replaced(c, "eu-west-1", "eu-west-2")),
            Map.entry("another service", c -> replaced(c, "/ecs/", "/sts/")));

    @TestFactory
    Stream<DynamicTest> refusesWhatWasChanged() {
        return FORGED.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    HttpCall signed = signed("/a?a=1", "{}", NOW);
                    signatures.authenticate(signed, NOW);
                    assertEquals(
                            "InvalidSignatureException",
                            refusal(row.getValue().apply(signed), NOW).code());
                }));
    }

    /** The Authorization header, and what is said of it. */
    private static final Map<String, String> INCOMPLETE = Map.of(
            "Bearer x",
            "Authorization must start with 'AWS4-HMAC-SHA256'.",
            "AWS4-HMAC-SHA256 nothing",
            "Authorization header requires 'Credential' parameter.",
            "AWS4-HMAC-SHA256 Credential=A/B, SignedHeaders=host, Signature=x",
            "Credential must be KEY/YYYYMMDD/REGION/SERVICE/aws4_request.",
            "AWS4-HMAC-SHA256 Credential=AKIA/20250301/r/s/aws4_request, Signature=x",
            "Authorization header requires 'SignedHeaders' parameter.",
            "AWS4-HMAC-SHA256 Credential=AKIA/20250301/r/s/aws4_request, SignedHeaders=host, Signature=x",
            "Signature must be 64 hexadecimal digits.",
            "AWS4-HMAC-SHA256 Credential=AKIA/20250301/r/s/aws4_request, SignedHeaders=" + "a;".repeat(200)
                    + ", Signature=x",
            "SignedHeaders must name at most 100 headers.");

    @TestFactory
    Stream<DynamicTest> refusesWhatIsIncomplete() {
        return INCOMPLETE.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getValue(), () -> {
                    var refusal = refusal(with(signed("/", "", NOW), "authorization", row.getKey()), NOW);
                    assertEquals("IncompleteSignatureException", refusal.code());
                    assertEquals(row.getValue(), refusal.message());
                }));
    }

    @Test
    void refusesWhatIsNotSigned() {
        var refusal = refusal(without(signed("/", "", NOW), "authorization"), NOW);
        assertEquals("MissingAuthenticationTokenException", refusal.code());
    }

    @Test
    void refusesADateThatIsMissingOrNotOfTheScope() {
        HttpCall signed = signed("/", "", NOW);
        for (HttpCall call : List.of(
                without(signed, "x-amz-date"),
                with(signed, "x-amz-date", "20250302T120000Z"),
                with(signed, "x-amz-date", "20250301 12:00")))
            assertEquals("IncompleteSignatureException", refusal(call, NOW).code());
    }

    @Test
    void refusesAnUnknownKeyInTheSameWordsAsASession() {
        var unknown = SECRETS.create("nobody", NOW);
        HttpCall call = sign(request("/", ""), "", NOW, unknown);
        assertEquals("UnrecognizedClientException", refusal(call, NOW).code());
        keys.put(unknown.key().id(), unknown.key());
        assertEquals("nobody", signatures.authenticate(call, NOW).principal());
        var session = request("/", "").toBuilder()
                .putHeader("X-Amz-Security-Token", "t")
                .build();
        assertEquals(
                "UnrecognizedClientException",
                refusal(sign(session, "", NOW), NOW).code());
    }

    @Test
    void aKeyThatWasRemovedOrChangedDoesNotOpenAnyMore() {
        HttpCall call = signed("/", "", NOW);
        signatures.authenticate(call, NOW);
        String id = ADMIN.key().id();
        keys.put(id, new AccessKey(id, SECRETS.seal(id, "another secret"), "admin", NOW));
        assertEquals("InvalidSignatureException", refusal(call, NOW).code());
        keys.remove(id);
        assertEquals("UnrecognizedClientException", refusal(call, NOW).code());
    }

    @Test
    void isGoodForFiveMinutesAroundItsTime() {
        HttpCall call = signed("/", "", NOW);
        for (Duration skew : List.of(SignatureV4.MAX_SKEW, SignatureV4.MAX_SKEW.negated()))
            assertEquals("admin", signatures.authenticate(call, NOW.plus(skew)).principal());
        var old = refusal(call, NOW.plus(SignatureV4.MAX_SKEW).plusSeconds(1));
        assertEquals("RequestExpired", old.code());
        assertEquals(
                "Signature expired: 20250301T120000Z is now earlier than 20250301T120001Z (20250301T120501Z - 5 min.)",
                old.message());
        var early = refusal(call, NOW.minus(SignatureV4.MAX_SKEW).minusSeconds(1));
        assertEquals("RequestExpired", early.code());
        assertEquals(
                "Signature not yet current: 20250301T120000Z is still later than 20250301T115959Z"
                        + " (20250301T115459Z + 5 min.)",
                early.message());
    }

    @Test
    void saysInAwsWordsThatASecretIsWrongAndNothingOfTheRightOne() {
        var wrong = new AccessKeys.Created(ADMIN.key(), "wrong secret");
        HttpCall call = sign(request("/", ""), "", NOW, wrong);
        var refusal = refusal(call, NOW);
        assertTrue(refusal.message().startsWith("The request signature we calculated does not match"));
        assertFalse(refusal.message().contains(ADMIN.secret()));
        assertFalse(refusal.message().matches(".*[0-9a-f]{64}.*"), "no signature in " + refusal.message());
    }

    private ApiError refusal(HttpCall call, Instant now) {
        return assertThrows(ApiError.class, () -> signatures.authenticate(call, now));
    }

    private static HttpCall signed(String address, String body, Instant at) {
        return sign(request(address, body), body, at);
    }

    private static SdkHttpRequest request(String address, String body) {
        return SdkHttpRequest.builder()
                .method(body.isEmpty() ? SdkHttpMethod.GET : SdkHttpMethod.POST)
                .uri(URI.create("http://127.0.0.1:7400" + address))
                .putHeader("X-Amz-Target", "X.ListClusters")
                .build();
    }

    private static HttpCall sign(SdkHttpRequest request, String body, Instant at) {
        return sign(request, body, at, ADMIN);
    }

    private static HttpCall sign(SdkHttpRequest request, String text, Instant at, AccessKeys.Created key) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        var signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsCredentialsIdentity.create(key.key().id(), key.secret()))
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)));
        return InProcessHttp.seen(signed.request(), body);
    }

    private static HttpCall with(HttpCall call, String header, String value) {
        Map<String, List<String>> headers = new HashMap<>(call.headers());
        headers.put(header, new ArrayList<>(List.of(value)));
        return new HttpCall(call.method(), call.path(), call.query(), headers, call.body());
    }

    private static HttpCall without(HttpCall call, String header) {
        Map<String, List<String>> headers = new HashMap<>(call.headers());
        headers.remove(header);
        return new HttpCall(call.method(), call.path(), call.query(), headers, call.body());
    }

    private static HttpCall replaced(HttpCall call, String what, String by) {
        return with(
                call,
                "authorization",
                String.valueOf(call.header("authorization")).replaceFirst(what, by));
    }
}
