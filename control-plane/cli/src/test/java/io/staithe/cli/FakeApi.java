package io.staithe.cli;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An API that answers what it was told to answer, remembers what it was asked, and refuses what is not signed as AWS's own
 * signer would sign it.
 */
public final class FakeApi implements AutoCloseable {
    /** What was asked: an ECS operation, or a method and a path with its query. */
    public record Request(String what, JsonNode body, String run, String drainDeadline) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOT_SIGNED = "{\"__type\":\"InvalidSignatureException\",\"message\":\"not signed so\"}";

    private final HttpServer server;
    private final Map<String, Function<JsonNode, String>> answers = new HashMap<>();
    private final Map<String, Integer> statuses = new HashMap<>();
    public final List<Request> requests = new CopyOnWriteArrayList<>();

    public FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /** Every later request for this is answered so. */
    public FakeApi answer(String what, String json) {
        return answer(what, body -> json);
    }

    public FakeApi answer(String what, Function<JsonNode, String> answer) {
        answers.put(what, answer);
        return this;
    }

    /** One answer after the other; the last one stays. */
    public FakeApi answerInTurn(String what, String... json) {
        List<String> left = new ArrayList<>(Arrays.asList(json));
        return answer(what, body -> left.size() > 1 ? left.remove(0) : left.get(0));
    }

    public FakeApi refuse(String what, int status, String json) {
        statuses.put(what, status);
        return answer(what, json);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked of this operation or path, in order. */
    public List<JsonNode> bodies(String what) {
        return requests.stream()
                .filter(request -> request.what().equals(what))
                .map(Request::body)
                .toList();
    }

    public List<String> asked() {
        return requests.stream().map(Request::what).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] content = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String what = target != null
                ? target.replace("AmazonEC2ContainerServiceV20141113.", "")
                : exchange.getRequestMethod() + " " + exchange.getRequestURI();
        JsonNode body = content.length == 0 ? JSON.createObjectNode() : JSON.readTree(content);
        String run = exchange.getRequestHeaders().getFirst("x-staithe-run");
        String deadline = exchange.getRequestHeaders().getFirst("x-staithe-drain-deadline");
        requests.add(new Request(what, body, run == null ? "" : run, deadline == null ? "" : deadline));
        Function<JsonNode, String> answer = answers.get(what);
        if (!isSigned(exchange, content)) respond(exchange, 403, NOT_SIGNED);
        else if (answer == null)
            respond(exchange, 400, "{\"__type\":\"UnknownOperationException\",\"message\":\"" + what + "\"}");
        else respond(exchange, statuses.getOrDefault(what, 200), answer.apply(body));
    }

    private static boolean isSigned(HttpExchange exchange, byte[] body) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (given == null) return false;
        String names = given.replaceFirst(".*SignedHeaders=([^,]*),.*", "$1");
        Map<String, String> signed = Arrays.stream(names.split(";"))
                .collect(
                        toMap(name -> name, name -> exchange.getRequestHeaders().getFirst(name)));
        return given.equals(AwsSigner.authorization(
                exchange.getRequestMethod(), exchange.getRequestURI(), signed, body, Cli.CREDENTIALS, Cli.REGION));
    }

    private static void respond(HttpExchange exchange, int status, String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
