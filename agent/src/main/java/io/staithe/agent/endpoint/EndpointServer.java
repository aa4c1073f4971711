package io.staithe.agent.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint's HTTP. It listens on the host's address on the engine's bridge, where containers in every network mode that
 * has a network reach it and other hosts do not. Threads, waiting requests, bodies and times are bounded: what exceeds them
 * is dropped with its connection. It has no thread for requests while there are none.
 */
public final class EndpointServer implements AutoCloseable {
    /** Below the ports that the kernel gives to whoever asks for any, so that none of those is in the way later. */
    private static final int FIRST_PORT = 7480;

    private static final int PORTS = 100;
    private static final int BACKLOG = 64;
    private static final int THREADS = 4;
    private static final int WAITING = 64;
    private static final int MAX_BODY_BYTES = 4096;
    private static final long IDLE_SECONDS = 20;

    private static final System.Logger LOG = System.getLogger("endpoint");

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /**
     * Takes the port; answers nothing before {@link #serve}.
     *
     * @param kept the port that it had before, which running containers know; absent: none. If it is taken, the first free
     *     one is used instead
     * @throws IOException when there is no such address here, or no free port
     */
    public static EndpointServer open(String address, @Nullable Integer kept) throws IOException {
        limitTimes();
        if (kept != null) {
            try {
                return new EndpointServer(address, kept);
            } catch (BindException taken) {
                LOG.log(Level.WARNING, "port {0} is taken: tasks that run cannot ask this agent", kept.toString());
            }
        }
        for (int port = FIRST_PORT; ; port++) {
            try {
                return new EndpointServer(address, port);
            } catch (BindException taken) {
                if (port == FIRST_PORT + PORTS - 1) throw taken;
            }
        }
    }

    /** The JDK's server takes these from its properties only; those that are set are left. */
    private static void limitTimes() {
        for (String property :
                new String[] {"maxReqTime=5", "maxRspTime=15", "idleInterval=30", "maxIdleConnections=64"}) {
            int equals = property.indexOf('=');
            String name = "sun.net.httpserver." + property.substring(0, equals);
            if (System.getProperty(name) == null) System.setProperty(name, property.substring(equals + 1));
        }
    }

    private EndpointServer(String address, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "endpoint");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
    }

    /** Where it is found, such as {@code http://172.17.0.1:7480}. */
    public String root() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Once only. */
    public void serve(TaskEndpoint endpoint) {
        server.createContext("/", exchange -> answer(exchange, endpoint));
        server.start();
    }

    private static void answer(HttpExchange exchange, TaskEndpoint endpoint) throws IOException {
        try (exchange) {
            byte[] body = read(exchange);
            Answer answer = body == null
                    ? ProtectionCall.error(413, "InvalidParameterException", null, "The body is too large.")
                    : endpoint.answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getRawPath(),
                            body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "a request from inside a task failed", fault);
            throw fault;
        }
    }

    /** Null: it is too large. */
    private static byte @Nullable [] read(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
            return body.length > MAX_BODY_BYTES ? null : body;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
