package io.staithe.core.model;

import java.util.regex.Pattern;

/** A container instance's id: 32 hexadecimal digits, as in the last part of ECS's container instance ARN. */
public record InstanceId(String value) implements Id, Comparable<InstanceId> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public InstanceId {
        Check.that(FORM.matcher(value).matches(), "containerInstance", "must be 32 hexadecimal digits");
    }

    public static InstanceId of(String value) {
        return new InstanceId(value);
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
