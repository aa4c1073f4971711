package io.staithe.core.model;

import java.util.List;

/**
 * A file of {@code NAME=value} lines that becomes environment.
 *
 * @param value type {@code file}: a file name inside the host's environment-file folder
 * @param type {@code file}; ECS's {@code s3} is accepted so that a definition can be kept, and fails the task that needs it
 */
public record EnvironmentFile(String value, String type) {
    public EnvironmentFile {
        Check.text(value, "value", 2048);
        Check.text(type, "type", 16);
        Check.oneOf(type, List.of("file", "s3"), "type");
    }
}
