package io.staithe.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    /** The same for the same facts, whoever plans it and however often: no task is made twice. */
    public static TaskId from(String facts) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(facts.getBytes(StandardCharsets.UTF_8));
            return new TaskId(HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** ECS numbers containers itself, with 32 digits; here the number follows from the task and the container's name. */
    public String container(String name) {
        return Fingerprint.of(value, name).hex(32);
    }
}
