package io.staithe.core.model;

import java.util.regex.Pattern;

/** A task's id: 32 hexadecimal digits, as in the last part of ECS's task ARN. */
public record TaskId(String value) implements Id, Comparable<TaskId> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public TaskId {
        Check.that(FORM.matcher(value).matches(), "taskId", "must be 32 hexadecimal digits");
    }

    public static TaskId of(String value) {
        return new TaskId(value);
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
