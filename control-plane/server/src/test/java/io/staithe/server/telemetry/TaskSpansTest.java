package io.staithe.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TaskSpansTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String REQUEST_SPAN = "b7ad6b7169203331";
    private static final Instant CREATED = Instant.parse("2025-06-01T10:00:00Z");
    private static final TaskId TASK = new TaskId("0123456789abcdef0123456789abcdef");
    private static final InstanceId HOST = new InstanceId("fedcba9876543210fedcba9876543210");

    private final ExportedSpans exported = new ExportedSpans();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build();
    private boolean leads = true;
    private final TaskSpans spans = new TaskSpans(provider.get("test"), () -> leads);

    @Test
    void tellsATasksWayUnderTheRequestThatAskedForIt() {
        run("00-" + TRACE + "-" + REQUEST_SPAN + "-01");
        SpanData task = span("task service:web");
        assertEquals(TRACE, task.getTraceId());
        assertEquals(REQUEST_SPAN, task.getParentSpanId());
        assertEquals(nanos(CREATED), task.getStartEpochNanos());
        assertEquals(nanos(CREATED.plusSeconds(5)), task.getEndEpochNanos());
        assertEquals(
                List.of("place", "pull", "start main", "task service:web"),
                exported.spans.stream().map(SpanData::getName).sorted().toList());
        for (String step : List.of("place", "pull", "start main"))
            assertEquals(task.getSpanId(), span(step).getParentSpanId(), step);
        assertEquals(nanos(CREATED.plusSeconds(2)), span("pull").getStartEpochNanos());
        assertEquals(nanos(CREATED.plusSeconds(4)), span("start main").getEndEpochNanos());
    }

    @Test
    void tellsItOnce() {
        ClusterState running = run("00-" + TRACE + "-" + REQUEST_SPAN + "-01");
        int before = exported.spans.size();
        Event.Changed again = changed(9, task("00-" + TRACE + "-" + REQUEST_SPAN + "-01", CREATED.plusSeconds(5)));
        spans.changed(running, again, running.apply(again));
        assertEquals(before, exported.spans.size());
    }

    @Test
    void saysNothingOfTasksThatNobodyTraces() {
        run(null);
        assertTrue(exported.spans.isEmpty());
    }

    @Test
    void leavesItToTheLeader() {
        leads = false;
        run("00-" + TRACE + "-" + REQUEST_SPAN + "-01");
        assertTrue(exported.spans.isEmpty());
    }

    /** A task is created, its host reports, and it runs. */
    private ClusterState run(@Nullable String traceParent) {
        ClusterState created = ClusterState.EMPTY.apply(changed(1, task(traceParent, null)));
        ClusterState reported =
                created.apply(new Event.Changed(2, List.of(new Event.Update(report().key(), report()))));
        Event.Changed started = changed(3, task(traceParent, CREATED.plusSeconds(5)));
        ClusterState running = reported.apply(started);
        spans.changed(reported, started, running);
        return running;
    }

    private static Event.Changed changed(long revision, Task task) {
        return new Event.Changed(revision, List.of(new Event.Update(task.key(), task)));
    }

    private static Task task(@Nullable String traceParent, @Nullable Instant startedAt) {
        return new Task(
                TASK,
                "default",
                TaskDefinitionId.of("web:1"),
                "service:web",
                null,
                null,
                null,
                null,
                null,
                null,
                TaskOverride.NONE,
                new Resources(0, 64, 0),
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                HOST,
                startedAt == null ? LastStatus.PENDING : LastStatus.RUNNING,
                DesiredStatus.RUNNING,
                CREATED,
                CREATED.plusSeconds(1),
                startedAt,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                traceParent,
                null);
    }

    private static TaskReport report() {
        ContainerReport main = new ContainerReport(
                "main",
                "c1",
                "example/web:1",
                null,
                ContainerReport.State.RUNNING,
                null,
                null,
                HealthStatus.UNKNOWN,
                List.of(),
                CREATED.plusSeconds(4),
                null,
                0,
                null,
                null);
        return new TaskReport(
                TASK,
                HOST,
                1,
                1,
                ContainerReport.State.RUNNING,
                HealthStatus.UNKNOWN,
                List.of(main),
                CREATED.plusSeconds(2),
                CREATED.plusSeconds(3),
                CREATED.plusSeconds(4),
                null,
                null,
                null,
                null);
    }

    private SpanData span(String name) {
        return exported.spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long nanos(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }

    /** Keeps what is exported. */
    private static final class ExportedSpans implements SpanExporter {
        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> more) {
            spans.addAll(more);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
