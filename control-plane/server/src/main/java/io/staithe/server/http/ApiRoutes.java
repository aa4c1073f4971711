package io.staithe.server.http;

import io.staithe.server.aws.HttpAnswer;
import io.staithe.server.aws.HttpCall;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Which address leads where. {@code /q/*} is Quarkus's own. */
public final class ApiRoutes implements AutoCloseable {
    /** {@code /}, and where AWS's REST APIs are. */
    private static final List<String> AWS_PATHS = List.of("/", "/schedules", "/schedules/*");

    private final Vertx vertx;
    private final BodyReader bodies;
    private final RequestPool pool;
    private final BooleanSupplier ready;

    public ApiRoutes(
            Vertx vertx, int maxBodyBytes, Duration readTimeout, int threads, int queue, BooleanSupplier ready) {
        this.vertx = vertx;
        this.bodies = new BodyReader(vertx, maxBodyBytes, readTimeout);
        this.pool = new RequestPool(threads, queue);
        this.ready = ready;
    }

    /**
     * @param aws answers what AWS clients send
     * @param staithe answers what is under {@code /staithe/v1/}
     */
    public void mount(
            Router router,
            Function<HttpCall, HttpAnswer> aws,
            Function<HttpCall, HttpAnswer> staithe,
            EventStreams events,
            LogStreams logs) {
        router.get("/staithe/v1/events").handler(route -> stream(route, events));
        router.get("/staithe/v1/tasks/:task/logs").handler(route -> stream(route, logs));
        router.route("/staithe/v1/*").handler(route -> answer(route.request(), staithe));
        for (String path : AWS_PATHS) router.route(path).handler(route -> answer(route.request(), aws));
        router.route().last().handler(route -> {
            if (route.normalizedPath().startsWith("/q/")) route.next();
            else Calls.refuse(route.request(), Refusal.NOT_FOUND);
        });
    }

    /** Requests that wait for a thread. */
    public int waiting() {
        return pool.waiting();
    }

    @Override
    public void close() {
        pool.close();
    }

    private void answer(HttpServerRequest request, Function<HttpCall, HttpAnswer> handler) {
        Context context = vertx.getOrCreateContext();
        work(request, body -> Calls.answer(context, request.response(), handler.apply(Calls.of(request, body))));
    }

    private void stream(RoutingContext route, StreamHandler handler) {
        HttpServerRequest request = route.request();
        Context context = vertx.getOrCreateContext();
        work(request, body -> handler.open(Calls.of(request, body), request, context));
    }

    private void work(HttpServerRequest request, java.util.function.Consumer<byte[]> handler) {
        if (!ready.getAsBoolean()) {
            Calls.refuse(request, Refusal.STARTING);
            return;
        }
        bodies.read(
                request,
                body -> {
                    if (!pool.submit(() -> handler.accept(body))) Calls.refuse(request, Refusal.BUSY);
                },
                refusal -> Calls.refuse(request, refusal));
    }
}
