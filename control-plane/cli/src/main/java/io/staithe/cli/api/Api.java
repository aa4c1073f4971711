package io.staithe.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The API, one signed HTTP request a call. Every call has a deadline; an answer that is an error is an exception. */
public final class Api {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final String TARGET = "AmazonEC2ContainerServiceV20141113.";
    private static final int MAX_ERROR_BYTES = 1 << 20;

    private final Profile profile;
    private final InstantSource clock;
    private @Nullable HttpClient http;

    public Api(Profile profile, InstantSource clock) {
        this.profile = profile;
        this.clock = clock;
    }

    /** A new JSON object to fill. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Calls an ECS operation, such as {@code ListServices}. */
    public JsonNode ecs(String operation, JsonNode input) {
        Map<String, String> headers =
                Map.of("content-type", "application/x-amz-json-1.1", "x-amz-target", TARGET + operation);
        return json(call("POST", "/", Map.of(), headers, Json.write(input)));
    }

    /**
     * Calls Staithe's own API.
     *
     * @param path under {@code /staithe/v1}, each name in it encoded by {@link #segment}
     */
    public JsonNode get(String path, Map<String, String> query) {
        return json(call("GET", "/staithe/v1" + path, query, Map.of(), new byte[0]));
    }

    public JsonNode post(String path, Map<String, String> query, JsonNode body) {
        Map<String, String> headers = Map.of("content-type", "application/json");
        return json(call("POST", "/staithe/v1" + path, query, headers, Json.write(body)));
    }

    public JsonNode delete(String path, Map<String, String> query) {
        return json(call("DELETE", "/staithe/v1" + path, query, Map.of(), new byte[0]));
    }

    /** Opens a stream that ends when the server ends it: logs, events. The caller closes it. */
    public InputStream open(String path, Map<String, String> query) {
        return call("GET", "/staithe/v1" + path, query, Map.of(), new byte[0]);
    }

    /** A name as one segment of a path. */
    public static String segment(String name) {
        return "/" + Signature.encode(name);
    }

    private InputStream call(
            String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
        String encodedQuery = query.entrySet().stream()
                .map(entry -> Signature.encode(entry.getKey()) + "=" + Signature.encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("host", host());
        all.putAll(new Signature(credentials(), profile.region(), "ecs")
                .sign(method, path, encodedQuery, all, body, clock.instant()));
        all.remove("host"); // java.net.http sends it by itself, the same

        URI uri = URI.create(profile.endpoint() + path + (encodedQuery.isEmpty() ? "" : "?" + encodedQuery));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(CALL_TIMEOUT)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        all.forEach(request::header);
        HttpResponse<InputStream> response = send(request.build());
        if (response.statusCode() / 100 == 2) return response.body();
        throw ApiException.of(response.statusCode(), errorBody(response));
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http().send(request, BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw new Failure(("nothing answers at %s. Start Staithe (./dev up in its sources), or say where it is with"
                            + " --endpoint-url or STAITHE_ENDPOINT")
                    .formatted(profile.endpoint()));
        } catch (HttpTimeoutException e) {
            throw new Failure("no answer from " + profile.endpoint() + " within " + CALL_TIMEOUT.toSeconds() + " s");
        } catch (IOException e) {
            throw new Failure("the connection to " + profile.endpoint() + " broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted");
        }
    }

    private HttpClient http() {
        if (http == null) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
            if (profile.endpoint().getScheme().equals("http")) builder.sslContext(NoTls.context());
            http = builder.build();
        }
        return http;
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
    private static JsonNode errorBody(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            JsonNode parsed = Json.read(body.readNBytes(MAX_ERROR_BYTES));
            return parsed.isObject() ? parsed : object();
        } catch (IOException e) {
            return object().put("message", "the answer is not in the API's form: is this Staithe's endpoint?");
        }
    }
}
