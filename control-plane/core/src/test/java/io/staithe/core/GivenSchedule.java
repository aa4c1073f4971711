package io.staithe.core;

import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleTarget;
import io.staithe.core.model.Tag;
import io.staithe.core.model.TaskOverride;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule for tests: one task of family {@code job} at each fire time, in UTC, unless a test asks for something else. */
public final class GivenSchedule {
    private final String expression;
    private String zone = "UTC";
    private @Nullable Instant start;
    private @Nullable Instant end;
    private Schedule.State state = Schedule.State.ENABLED;
    private String definition = "job";
    private int count = 1;
    private TaskOverride overrides = TaskOverride.NONE;
    private @Nullable JobPolicy job;
    private List<PlacementConstraint> constraints = List.of();
    private List<PlacementStrategy> strategy = List.of();
    private List<Tag> tags = List.of();
    private Schedule.Overlap overlap = Schedule.Overlap.ALLOW;
    private int catchUpSeconds = Schedule.DEFAULT_CATCH_UP_SECONDS;
    private Instant createdAt = Instant.parse("2026-01-01T00:00:00Z");

    private GivenSchedule(String expression) {
        this.expression = expression;
    }

    public static GivenSchedule schedule(String expression) {
        return new GivenSchedule(expression);
    }

    public GivenSchedule zone(String to) {
        zone = to;
        return this;
    }

    public GivenSchedule between(@Nullable String first, @Nullable String last) {
        start = first == null ? null : Instant.parse(first);
        end = last == null ? null : Instant.parse(last);
        return this;
    }

    public GivenSchedule disabled() {
        state = Schedule.State.DISABLED;
        return this;
    }

    public GivenSchedule runs(int tasks, String taskDefinition) {
        count = tasks;
        definition = taskDefinition;
        return this;
    }

    public GivenSchedule overrides(TaskOverride to) {
        overrides = to;
        return this;
    }

    public GivenSchedule placed(PlacementConstraint constraint, PlacementStrategy by, Tag tag) {
        constraints = List.of(constraint);
        strategy = List.of(by);
        tags = List.of(tag);
        return this;
    }

    public GivenSchedule job(JobPolicy to) {
        job = to;
        return this;
    }

    public GivenSchedule overlap(Schedule.Overlap to) {
        overlap = to;
        return this;
    }

    public GivenSchedule catchUpSeconds(int to) {
        catchUpSeconds = to;
        return this;
    }

    public GivenSchedule createdAt(String at) {
        createdAt = Instant.parse(at);
        return this;
    }

    public Schedule build() {
        return new Schedule(
                World.CLUSTER,
                "nightly",
                "inc-nightly",
                expression,
                zone,
                start,
                end,
                state,
                new ScheduleTarget(definition, count, overrides, null, job, constraints, strategy, tags),
                overlap,
                catchUpSeconds,
                createdAt,
                null,
                List.of());
    }
}
