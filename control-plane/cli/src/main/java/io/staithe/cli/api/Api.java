package io.staithe.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The API, one signed HTTP request a call. Every call has a deadline; an answer that is an error is an exception. */
public final class Api {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final String TARGET = "AmazonEC2ContainerServiceV20141113.";
    private static final int MAX_ERROR_BYTES = 1 << 20;

    private final Profile profile;
    private final InstantSource clock;
    private final Http http;

    public Api(Profile profile, InstantSource clock) {
        this.profile = profile;
        this.clock = clock;
        this.http = new Http(profile.endpoint(), CALL_TIMEOUT);
    }

    /** A new JSON object to fill. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Calls an ECS operation, such as {@code ListServices}. */
    public JsonNode ecs(String operation, JsonNode input) {
        return ecs(operation, input, Map.of());
    }

    /** @param more headers, by lower-case name: what Staithe takes beside the operation's input */
    public JsonNode ecs(String operation, JsonNode input, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("content-type", "application/x-amz-json-1.1");
        headers.put("x-amz-target", TARGET + operation);
        return call("POST", "/", Map.of(), headers, Json.write(input));
    }

    /**
     * Calls Staithe's own API.
     *
     * @param path under {@code /staithe/v1}, each name in it encoded by {@link #segment}
     */
    public JsonNode get(String path, Map<String, String> query) {
        return call("GET", "/staithe/v1" + path, query, Map.of(), new byte[0]);
    }

    public JsonNode post(String path, Map<String, String> query, JsonNode body) {
        Map<String, String> headers = Map.of("content-type", "application/json");
        return call("POST", "/staithe/v1" + path, query, headers, Json.write(body));
    }

    public JsonNode delete(String path, Map<String, String> query) {
        return call("DELETE", "/staithe/v1" + path, query, Map.of(), new byte[0]);
    }

    /** Opens a stream that ends when the server ends it: logs, events. The caller closes it. */
    public InputStream open(String path, Map<String, String> query) {
        return good(http.open(request("GET", "/staithe/v1" + path, query, Map.of(), new byte[0])));
    }

    /** A name as one segment of a path. */
    public static String segment(String name) {
        return "/" + Signature.encode(name);
    }

    private JsonNode call(
            String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
        return json(good(http.send(request(method, path, query, headers, body))));
    }

    private Http.Request request(
            String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
        String encodedQuery = query.entrySet().stream()
                .map(entry -> Signature.encode(entry.getKey()) + "=" + Signature.encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("host", host());
        all.putAll(new Signature(credentials(), profile.region(), "ecs")
                .sign(method, path, encodedQuery, all, body, clock.instant()));
        all.remove("host"); // the connection sends it by itself, the same
        return new Http.Request(method, path + (encodedQuery.isEmpty() ? "" : "?" + encodedQuery), all, body);
    }

    private static InputStream good(Http.Answer answer) {
        if (answer.status() / 100 == 2) return answer.body();
        throw ApiException.of(answer.status(), errorBody(answer.body()));
    }

    private String host() {
        URI endpoint = profile.endpoint();
        int usual = endpoint.getScheme().equals("https") ? 443 : 80;
        boolean named = endpoint.getPort() != -1 && endpoint.getPort() != usual;
        return endpoint.getHost() + (named ? ":" + endpoint.getPort() : "");
    }

    private Credentials credentials() {
        if (profile.credentials() != null) return profile.credentials();
        throw new Failure("no access key: name the AWS profile that has one with --profile or AWS_PROFILE, or set"
                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }

    private static JsonNode json(InputStream body) {
        try (body) {
            byte[] content = body.readAllBytes();
            return content.length == 0 ? object() : Json.read(content);
        } catch (JsonProcessingException e) {
            throw new Failure("the answer is not JSON: is this Staithe's endpoint?");
        } catch (IOException e) {
            throw new Failure("the answer broke off: " + e.getMessage());
        }
    }

    /** An error that is not in the API's shape comes from something in between; its status says all. */
    private static JsonNode errorBody(InputStream content) {
        try (InputStream body = content) {
            JsonNode parsed = Json.read(body.readNBytes(MAX_ERROR_BYTES));
            return parsed.isObject() ? parsed : object();
        } catch (IOException e) {
            return object().put("message", "the answer is not in the API's form: is this Staithe's endpoint?");
        }
    }
}
