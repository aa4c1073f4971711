package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a schedule runs at each of its fire times, as one would ask RunTask for it.
 *
 * @param taskDefinition {@code family:revision}, or a family: its latest ACTIVE revision at the fire time
 * @param count how many tasks, 1 to 10
 * @param group their task group; absent: that of the family
 * @param job absent: a task waits for a host for an hour at most, and is not tried again
 */
public record ScheduleTarget(
        String taskDefinition,
        int count,
        TaskOverride overrides,
        @Nullable String group,
        @Nullable JobPolicy job) {
    public static final int MAX_COUNT = 10;

    private static final JobPolicy NOTHING_ASKED = new JobPolicy(null, 0, null);

    public ScheduleTarget {
        Check.text(taskDefinition, "taskDefinition", 300);
        if (taskDefinition.indexOf(':') < 0) Check.name(taskDefinition, "taskDefinition");
        else TaskDefinitionId.of(taskDefinition);
        Check.range(count, 1, MAX_COUNT, "count");
        Check.optionalText(group, "group", 255);
        Check.that(group == null || !group.startsWith("service:"), "group", "must not begin with service:");
    }

    public JobPolicy jobOrDefault() {
        return job == null ? NOTHING_ASKED : job;
    }
}
