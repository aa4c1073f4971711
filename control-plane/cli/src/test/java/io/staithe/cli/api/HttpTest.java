package io.staithe.cli.api;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code HttpURLConnection} would do otherwise, or not at all. */
class HttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration IMPATIENCE = Duration.ofMillis(200);
    private static final Http.Request GET = new Http.Request("GET", "/x?a=b", Map.of("x-header", "h"), new byte[0]);
    private static final Http.Request POST =
            new Http.Request("POST", "/x", Map.of(), "content".getBytes(StandardCharsets.UTF_8));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<HttpExchange> exchanges = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private URI url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void sendsOneRequestAfterTheOtherOnOneConnection() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        serve(exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("x-header") + " " + body);
            answer(exchange, 200, "yes");
        });
        Http http = new Http(url, PATIENCE);
        assertEquals("yes", text(http.send(GET)));
        assertEquals("yes", text(http.send(POST)));
        assertEquals(List.of("GET /x?a=b h ", "POST /x null content"), heard);
        assertEquals(exchanges.get(0).getRemoteAddress(), exchanges.get(1).getRemoteAddress());
    }

    @Test
    void everyStatusIsAnAnswer() throws IOException {
        for (int status : new int[] {302, 401, 403, 404, 500}) {
            serve(exchange -> {
                exchange.getResponseHeaders().add("Location", url + "/elsewhere");
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=here");
                answer(exchange, status, "no");
            });
            for (Http.Request request : List.of(GET, POST)) {
                Http.Answer answer = new Http(url, PATIENCE).send(request);
                assertEquals(status, answer.status());
                // After 401 to what cannot be sent again, the JDK keeps the content to itself.
                if (status != 401 || request.method().equals("GET")) assertEquals("no", text(answer));
            }
        }
        assertEquals(10, exchanges.size());
    }

    @Test
    void whatChangesSomethingIsSentOnce() {
        serve(HttpExchange::close);
        Failure broke = assertThrows(Failure.class, () -> new Http(url, PATIENCE).send(POST));
        assertTrue(broke.getMessage().startsWith("the connection to " + url + " broke: "), broke.getMessage());
        assertEquals(1, exchanges.size());
    }

    @Test
    void givesUpWaitingForAnAnswer() {
        serve(exchange -> await(over));
        Http http = new Http(url, IMPATIENCE);
        String expected = "no answer from " + url + " within 0 s";
        assertEquals(expected, assertThrows(Failure.class, () -> http.send(GET)).getMessage());
        assertEquals(expected, assertThrows(Failure.class, () -> http.open(GET)).getMessage());
    }

    @Test
    void aStreamMayBeSilentForLongerThanAnAnswerMayTake() throws Exception {
        CountDownLatch spoken = new CountDownLatch(1);
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            await(spoken);
            exchange.getResponseBody().write("at last".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        Http.Answer stream = new Http(url, IMPATIENCE).open(GET);
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> text(stream), threads);
        assertThrows(TimeoutException.class, () -> read.get(3 * IMPATIENCE.toMillis(), MILLISECONDS));
        spoken.countDown();
        assertEquals("at last", read.get(PATIENCE.toSeconds(), SECONDS));
    }

    /** What is an answer to every request from now on. */
    private void serve(HttpHandler handler) {
        if (!exchanges.isEmpty()) server.removeContext("/");
        server.createContext("/", exchange -> {
            exchanges.add(exchange);
            handler.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String text(Http.Answer answer) {
        try (InputStream body = answer.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
