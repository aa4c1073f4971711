package io.staithe.server.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import io.staithe.server.state.Follower;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the trace that a request began: when a task first runs, its way there is told as spans under the request's own,
 * with the times that were recorded on the way. Only the leader's process tells, so that each is told once.
 */
public final class TaskSpans implements Follower {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Tracer tracer;
    private final BooleanSupplier leads;

    public TaskSpans(Tracer tracer, BooleanSupplier leads) {
        this.tracer = tracer;
        this.leads = leads;
    }

    @Override
    public void restart(ClusterState snapshot) {
        // What already runs was told by whoever led then.
    }

    @Override
    public void changed(ClusterState before, Event.Changed event, ClusterState after) {
        if (!leads.getAsBoolean()) return;
        for (Event.Update update : event.updates()) {
            if (!(update.entity() instanceof Task task) || task.startedAt() == null || task.traceParent() == null)
                continue;
            boolean ranBefore =
                    before.get(update.key(), Task.class).map(Task::startedAt).isPresent();
            if (!ranBefore) tell(task, after.report(task.id()));
        }
    }

    @Override
    public Duration settle() {
        return LONG;
    }

    private void tell(Task task, Optional<TaskReport> report) {
        Context parent = parent(String.valueOf(task.traceParent()));
        Span root = tracer.spanBuilder("task " + task.group())
                .setParent(parent)
                .setStartTimestamp(task.createdAt())
                .setAttribute("aws.ecs.task.id", task.id().value())
                .setAttribute("aws.ecs.task.family", task.taskDefinition().value())
                .setAttribute("aws.ecs.cluster", task.cluster())
                .setAttribute(
                        "staithe.host",
                        task.instance() == null ? "" : task.instance().value())
                .startSpan();
        Context in = parent.with(root);
        step(in, "place", task.createdAt(), task.placedAt());
        report.ifPresent(said -> {
            step(in, "pull", said.pullStartedAt(), said.pullStoppedAt());
            Instant prepared = said.pullStoppedAt() == null ? task.placedAt() : said.pullStoppedAt();
            for (ContainerReport container : said.containers())
                step(in, "start " + container.name(), prepared, container.startedAt());
        });
        root.setStatus(StatusCode.OK);
        root.end(task.startedAt());
    }

    private void step(Context in, String name, @Nullable Instant from, @Nullable Instant to) {
        if (from == null || to == null) return;
        Instant end = to.isBefore(from) ? from : to;
        tracer.spanBuilder(name)
                .setParent(in)
                .setStartTimestamp(from)
                .startSpan()
                .end(end);
    }

    private static Context parent(String traceParent) {
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), Map.of("traceparent", traceParent), new TextMapGetter<>() {
                    @Override
                    public Iterable<String> keys(Map<String, String> carrier) {
                        return List.copyOf(carrier.keySet());
                    }

                    @Override
                    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
                        return carrier == null ? null : carrier.get(key);
                    }
                });
    }
}
