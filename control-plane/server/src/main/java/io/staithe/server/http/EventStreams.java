package io.staithe.server.http;

import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Authenticator;
import io.staithe.server.aws.HttpCall;
import io.staithe.server.state.Follower;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /staithe/v1/events[?cluster=&service=]}: what happens, as server-sent events, from now on. A client that does
 * not read fast enough is cut off and may connect again; it then reads the present state from the API first.
 */
public final class EventStreams implements StreamHandler, Follower {
    private static final long MAX_UNSENT_BYTES = 1 << 20;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private record Client(
            OutStream stream,
            @Nullable String cluster,
            @Nullable String service) {
        boolean wants(Happening happening) {
            return (cluster == null || cluster.equals(happening.cluster()))
                    && (service == null || service.equals(happening.service()));
        }
    }

    private final Authenticator authenticator;
    private final StreamLimit limit;
    private final InstantSource clock;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private long keptAliveAt = System.nanoTime();

    public EventStreams(Authenticator authenticator, StreamLimit limit, InstantSource clock) {
        this.authenticator = authenticator;
        this.limit = limit;
        this.clock = clock;
    }

    @Override
    public void open(HttpCall call, HttpServerRequest request, Context context) {
        Map<String, String> query = Query.parse(call.query());
        try {
            authenticator.authenticate(call, clock.instant());
        } catch (ApiError e) {
            Streams.refuse(context, request, e);
            return;
        }
        if (!limit.enter()) {
            Streams.refuse(context, request, Refusal.BUSY);
            return;
        }
        Client[] opened = new Client[1];
        OutStream stream = new OutStream(context, request.response(), "text/event-stream", MAX_UNSENT_BYTES, () -> {
            limit.leave();
            clients.remove(opened[0]);
        });
        opened[0] = new Client(stream, query.get("cluster"), query.get("service"));
        clients.add(opened[0]);
        stream.write(": connected\n\n");
    }

    @Override
    public void restart(ClusterState snapshot) {
        // Something was missed: a client that connects again reads the present state first.
        for (Client client : clients) client.stream().end();
    }

    @Override
    public void changed(ClusterState before, Event.Changed event, ClusterState after) {
        if (clients.isEmpty()) return;
        for (Event.Update update : event.updates()) {
            Happening happening = Happening.of(before.get(update.key()).orElse(null), update.entity());
            if (happening == null) continue;
            String message = happening.message();
            for (Client client : clients)
                if (client.wants(happening)) client.stream().write(message);
        }
    }

    @Override
    public Duration settle() {
        long now = System.nanoTime();
        if (now - keptAliveAt >= KEEP_ALIVE.toNanos()) {
            keptAliveAt = now;
            for (Client client : clients) client.stream().write(": still here\n\n");
        }
        return KEEP_ALIVE;
    }
}
