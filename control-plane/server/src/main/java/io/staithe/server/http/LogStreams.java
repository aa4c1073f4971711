package io.staithe.server.http;

import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Authenticator;
import io.staithe.server.aws.HttpCall;
import io.staithe.server.gateway.LogReader;
import io.staithe.server.gateway.LogSource;
import io.staithe.server.gateway.Peers;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /staithe/v1/tasks/{id}/logs?container=&follow=&tail=&since=&cluster=}: a task's output as its host keeps it, text as
 * it comes. Each line begins with its container's name when there are several. When another process holds the host's session, it
 * is asked ({@link LogRelay}).
 */
public final class LogStreams implements StreamHandler {
    private static final long MAX_UNSENT_BYTES = 4 << 20;
    private static final int DEFAULT_TAIL = 0;
    private static final int MAX_TAIL = 1_000_000;
    private static final String PATH_PREFIX = "/staithe/v1/tasks/";

    private final Authenticator authenticator;
    private final StreamLimit limit;
    private final InstantSource clock;
    private final Supplier<ClusterState> state;
    private final LogSource logs;
    private final Peers peers;
    private final LogRelay relay;

    public LogStreams(
            Authenticator authenticator,
            StreamLimit limit,
            InstantSource clock,
            Supplier<ClusterState> state,
            LogSource logs,
            Peers peers,
            LogRelay relay) {
        this.authenticator = authenticator;
        this.limit = limit;
        this.clock = clock;
        this.state = state;
        this.logs = logs;
        this.peers = peers;
        this.relay = relay;
    }

    @Override
    public void open(HttpCall call, HttpServerRequest request, Context context) {
        try {
            authenticator.authenticate(call, clock.instant());
            Map<String, String> query = Query.parse(call.query());
            Task task = task(call.path(), query.get("cluster"));
            LogSource.Request asked = request(task, query);
            Optional<URI> elsewhere = peers.holderOf(asked.instance());
            if (elsewhere.isPresent() && LogRelay.isPassedOn(call))
                throw ApiError.unavailable(
                        "The task's host has just moved to another control plane process; try again.");
            if (!limit.enter()) Streams.refuse(context, request, Refusal.BUSY);
            else if (elsewhere.isPresent()) relay.pass(call, elsewhere.get(), request, context, limit::leave);
            else stream(asked, request, context);
        } catch (ApiError e) {
            Streams.refuse(context, request, e);
        }
    }

    private void stream(LogSource.Request asked, HttpServerRequest request, Context context) {
        Cancellation cancellation = new Cancellation();
        OutStream out =
                new OutStream(context, request.response(), "text/plain; charset=utf-8", MAX_UNSENT_BYTES, () -> {
                    limit.leave();
                    cancellation.cancel();
                });
        LinePrefix lines = new LinePrefix(asked.container().isEmpty() && containers(asked.task()) > 1);
        cancellation.by(logs.open(asked, new LogReader() {
            @Override
            public boolean chunk(String container, byte[] data) {
                return out.write(lines.prefix(container, data));
            }

            @Override
            public void end(String error) {
                out.write(lines.rest());
                if (!error.isEmpty()) out.write("staithe: " + error + "\n");
                out.end();
            }
        }));
        out.begin(); // a task may be silent for long; its reader need not wonder whether it was heard
    }

    private Task task(String path, @Nullable String cluster) {
        String id = path.substring(PATH_PREFIX.length(), path.length() - "/logs".length());
        if (!id.matches("[0-9a-f]{32}")) throw ApiError.invalidParameter("task: must be 32 hexadecimal digits");
        return state.get()
                .task(TaskId.of(id))
                .filter(task -> cluster == null || task.cluster().equals(cluster))
                .orElseThrow(() -> new ApiError("NotFoundException", 404, "There is no task " + id + "."));
    }

    private LogSource.Request request(Task task, Map<String, String> query) {
        if (task.instance() == null || task.lastStatus() == LastStatus.PROVISIONING)
            throw ApiError.badRequest("InvalidParameterException", "The task has no host yet, and so no logs.");
        String container = query.getOrDefault("container", "");
        if (!container.isEmpty() && !hasContainer(task, container))
            throw ApiError.invalidParameter("container: the task has no container " + container);
        return new LogSource.Request(
                task.id(),
                task.instance(),
                container,
                "true".equals(query.get("follow")),
                tail(query.get("tail")),
                since(query.get("since")));
    }

    private static int tail(@Nullable String tail) {
        if (tail == null) return DEFAULT_TAIL;
        if (!tail.matches("[0-9]{1,7}") || Integer.parseInt(tail) > MAX_TAIL)
            throw ApiError.invalidParameter("tail: must be a number from 0 to " + MAX_TAIL);
        return Integer.parseInt(tail);
    }

    private static @Nullable Instant since(@Nullable String since) {
        if (since == null) return null;
        try {
            return Instant.parse(since);
        } catch (DateTimeParseException e) {
            throw ApiError.invalidParameter("since: must be a time such as 2025-01-31T12:00:00Z");
        }
    }

    private boolean hasContainer(Task task, String name) {
        return definition(task).containerDefinitions().stream()
                .anyMatch(container -> container.name().equals(name));
    }

    private int containers(TaskId task) {
        return state.get()
                .task(task)
                .map(found -> definition(found).containerDefinitions().size())
                .orElse(1);
    }

    private TaskDefinition definition(Task task) {
        return state.get()
                .taskDefinition(task.taskDefinition())
                .orElseThrow(() -> new ApiError("NotFoundException", 404, "The task's definition is gone."));
    }
}
