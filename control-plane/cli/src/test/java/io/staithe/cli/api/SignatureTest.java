package io.staithe.cli.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.staithe.cli.AwsSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our signer against AWS's own. */
class SignatureTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Credentials KEY = new Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCY", null);
    /** Longer than the hash function's block. */
    private static final Credentials LONG = new Credentials("AKIDLONG", "0123456789".repeat(8), null);

    private static final Credentials SESSION = new Credentials("ASIAEXAMPLE", "secret", "a/token=");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | / | '' | {}",
                "POST | / | '' | {\"cluster\":\"größe\"}",
                "GET | /staithe/v1/target-groups | '' | ''",
                "GET | /staithe/v1/tasks/ab12/logs | follow=true&cluster=default&tail=10 | ''",
                "GET | /staithe/v1/explain/service/a%20b%2Fc | b=2&a=1%2F1&a-b=0&a=1 | ''",
                "DELETE | /staithe/v1/listeners/web%3A8080 | '' | ''",
            })
    void signsAsTheAwsSdkDoes(String method, String path, String query, String body) {
        for (Credentials credentials : new Credentials[] {KEY, SESSION, LONG})
            assertEquals(sdk(credentials, method, path, query, body), ours(credentials, method, path, query, body));
    }

    @Test
    void everyPartMatters() {
        String signed = ours(KEY, "POST", "/", "", "{}");
        assertNotEquals(signed, ours(KEY, "PUT", "/", "", "{}"));
        assertNotEquals(signed, ours(KEY, "POST", "/x", "", "{}"));
        assertNotEquals(signed, ours(KEY, "POST", "/", "a=b", "{}"));
        assertNotEquals(signed, ours(KEY, "POST", "/", "", "{ }"));
        assertNotEquals(signed, ours(new Credentials("AKIDEXAMPLE", "other", null), "POST", "/", "", "{}"));
    }

    @Test
    void encodesWhatRfc3986DoesNotReserve() {
        assertEquals("a-b._~%2F%20%2B%C3%BC", Signature.encode("a-b._~/ +ü"));
    }

    @Test
    void neverShowsTheSecret() {
        assertFalse(SESSION.toString().contains("secret"));
        assertFalse(SESSION.toString().contains("token"));
    }

    private static String ours(Credentials credentials, String method, String path, String query, String body) {
        return headers(credentials, method, path, query, body).get("authorization");
    }

    private static String sdk(Credentials credentials, String method, String path, String query, String body) {
        Map<String, String> sent = new TreeMap<>(given());
        sent.putAll(headers(credentials, method, path, query, body));
        sent.remove("authorization");
        URI uri = URI.create(query.isEmpty() ? path : path + "?" + query);
        return AwsSigner.authorization(
                method, uri, sent, body.getBytes(StandardCharsets.UTF_8), credentials, "eu-test-1");
    }

    private static Map<String, String> headers(
            Credentials credentials, String method, String path, String query, String body) {
        return new Signature(credentials, "eu-test-1", "ecs")
                .sign(method, path, query, given(), body.getBytes(StandardCharsets.UTF_8), AT);
    }

    private static Map<String, String> given() {
        return Map.of("host", "127.0.0.1:7400", "content-type", "application/x-amz-json-1.1", "x-amz-target", "T.Op");
    }
}
