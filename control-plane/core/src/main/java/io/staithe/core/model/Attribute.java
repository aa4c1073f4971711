package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/** A property of a host that placement can ask for. */
public record Attribute(String name, @Nullable String value) {
    public static final String AVAILABILITY_ZONE = "ecs.availability-zone";
    public static final String CPU_ARCHITECTURE = "ecs.cpu-architecture";
    public static final String OS_TYPE = "ecs.os-type";

    public Attribute {
        Check.text(name, "name", 128);
        Check.that(name.matches("[a-zA-Z0-9_./\\\\-]+"), "name", "must be letters, digits and - _ . / \\");
        Check.optionalText(value, "value", 128);
    }
}
