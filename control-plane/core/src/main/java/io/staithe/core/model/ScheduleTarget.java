package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule runs at each of its fire times, as one would ask RunTask for it.
 *
 * @param taskDefinition {@code family:revision}, or a family: its latest ACTIVE revision at the fire time
 * @param count how many tasks, 1 to 10
 * @param group their task group; absent: that of the family
 * @param placementConstraints at most 10, beside those of the definition
 * @param placementStrategy at most 5
 * @param tags of the tasks, at most 50
 * @param job absent: a task waits for a host for an hour at most, and is not tried again
 */
public record ScheduleTarget(
        String taskDefinition,
        int count,
        TaskOverride overrides,
        @Nullable String group,
        @Nullable JobPolicy job,
        List<PlacementConstraint> placementConstraints,
        List<PlacementStrategy> placementStrategy,
        List<Tag> tags) {
    public static final int MAX_COUNT = 10;

    private static final JobPolicy NOTHING_ASKED = new JobPolicy(null, 0, null);

    public ScheduleTarget {
        Check.text(taskDefinition, "taskDefinition", 300);
        if (taskDefinition.indexOf(':') < 0) Check.name(taskDefinition, "taskDefinition");
        else TaskDefinitionId.of(taskDefinition);
        Check.range(count, 1, MAX_COUNT, "count");
        Check.optionalText(group, "group", 255);
        Check.that(group == null || !group.startsWith("service:"), "group", "must not begin with service:");
        placementConstraints = Check.list(placementConstraints);
        Check.atMost(placementConstraints, PlacementConstraint.MAX_PER_SERVICE, "placementConstraints");
        placementStrategy = Check.list(placementStrategy);
        Check.atMost(placementStrategy, PlacementStrategy.MAX_PER_SERVICE, "placementStrategy");
        tags = Check.list(tags);
        Check.atMost(tags, Tag.MAX_PER_RESOURCE, "tags");
    }

    public JobPolicy jobOrDefault() {
        return job == null ? NOTHING_ASKED : job;
    }
}
