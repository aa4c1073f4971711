package io.staithe.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to one server, over {@link HttpURLConnection}. The JDK's newer client has a thread that sits in a system call; the
 * JVM waits for such threads at its exit, 0.3 s of a call that takes as long without.
 */
final class Http {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final URI server;
    private final Duration answerTimeout;

    /**
     * @param server scheme, host and port
     * @param answerTimeout how long to wait for the beginning of an answer, and between the parts of one that is no stream;
     *     whole milliseconds
     */
    Http(URI server, Duration answerTimeout) {
        this.server = server;
        this.answerTimeout = answerTimeout;
    }

    /** @param target path and query, encoded */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Request(String method, String target, Map<String, String> headers, byte[] body) {}

    /** The caller closes the body. A connection whose body was read to its end is used again. */
    record Answer(int status, InputStream body) {}

    /** @throws Failure when no answer comes; whatever its status is, an answer is one */
    Answer send(Request request) {
        try {
            HttpURLConnection connection = connect(request, answerTimeout);
            return answer(connection, connection.getResponseCode());
        } catch (SocketTimeoutException e) {
            throw tooLate();
        } catch (IOException e) {
            throw broke(e);
        }
    }

    /** Like {@link #send}, but silence may last once the answer has begun. */
    Answer open(Request request) {
        try {
            HttpURLConnection connection = connect(request, Duration.ZERO);
            FutureTask<Integer> status = new FutureTask<>(connection::getResponseCode);
            Thread waiting = new Thread(status, "answer");
            waiting.setDaemon(true);
            waiting.start();
            return answer(connection, status.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw tooLate();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) throw broke(cause);
            throw new IllegalStateException(e.getCause());
        } catch (IOException e) {
            throw broke(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted");
        }
    }

    private HttpURLConnection connect(Request request, Duration readTimeout) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(server + request.target()).toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) readTimeout.toMillis());
        connection.setInstanceFollowRedirects(false); // the signature is for this address
        connection.setRequestMethod(request.method());
        request.headers().forEach(connection::setRequestProperty);
        boolean changes = !request.method().equals("GET");
        if (changes) {
            connection.setDoOutput(true);
            // Else the JDK sends it once more when the connection ends before the answer has come.
            connection.setFixedLengthStreamingMode(request.body().length);
        }
        try {
            connection.connect();
        } catch (ConnectException | UnknownHostException | NoRouteToHostException | SocketTimeoutException e) {
            throw new Failure(("nothing answers at %s. Start Staithe (./dev up in its sources), or say where it is with"
                            + " --endpoint-url or STAITHE_ENDPOINT")
                    .formatted(server));
        }
        if (changes) {
            try (OutputStream out = connection.getOutputStream()) {
                out.write(request.body());
            }
        }
        return connection;
    }

    private static Answer answer(HttpURLConnection connection, int status) throws IOException {
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return new Answer(status, body == null ? InputStream.nullInputStream() : body);
    }

    private Failure tooLate() {
        return new Failure("no answer from " + server + " within " + answerTimeout.toSeconds() + " s");
    }

    private Failure broke(IOException why) {
        return new Failure("the connection to " + server + " broke: " + why.getMessage());
    }
}
