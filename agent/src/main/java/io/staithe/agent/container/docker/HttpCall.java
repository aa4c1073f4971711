package io.staithe.agent.container.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation's way to the engine, which another thread may cut short. docker-java's timeouts do nothing on a Unix
 * socket, and an engine that hangs holds its callers for ever; but a thread that waits on such a socket can be interrupted,
 * and a response that is being read can be closed.
 */
final class HttpCall implements DockerHttpClient {
    private final DockerHttpClient http;
    private @Nullable Thread waiting;
    private @Nullable Response reading;
    private boolean cancelled;

    HttpCall(DockerHttpClient http) {
        this.http = http;
    }

    @Override
    public Response execute(Request request) {
        begin();
        Response response = null;
        try {
            response = new Reading(http.execute(request));
            return response;
        } finally {
            end(response);
        }
    }

    /** Makes the request that is under way, and every later one, fail at once. */
    void cancel() {
        Response open;
        synchronized (this) {
            cancelled = true;
            if (waiting != null) waiting.interrupt();
            open = reading;
        }
        if (open != null) open.close();
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    private synchronized void begin() {
        if (cancelled) throw new IllegalStateException("cancelled");
        waiting = Thread.currentThread();
    }

    /** Takes back an interruption that came too late to hit the request. */
    private synchronized void end(@Nullable Response response) {
        waiting = null;
        reading = response;
        if (cancelled && Thread.interrupted() && response != null) response.close();
    }

    private synchronized void done(Response response) {
        if (reading == response) reading = null;
    }

    /** The connections belong to whoever opened them. */
    @Override
    public void close() {}

    private final class Reading implements Response {
        private final Response response;

        Reading(Response response) {
            this.response = response;
        }

        @Override
        public int getStatusCode() {
            return response.getStatusCode();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return response.getHeaders();
        }

        @Override
        public InputStream getBody() {
            return response.getBody();
        }

        @Override
        public void close() {
            done(this);
            response.close();
        }
    }
}
