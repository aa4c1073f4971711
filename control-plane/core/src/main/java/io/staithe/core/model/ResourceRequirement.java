package io.staithe.core.model;

import java.util.List;

/** A countable resource besides CPU and memory. */
public record ResourceRequirement(String value, String type) {
    public ResourceRequirement {
        Check.text(value, "value", 64);
        Check.text(type, "type", 64);
        Check.oneOf(type, List.of("GPU"), "type");
        Check.that(value.matches("[1-9][0-9]{0,3}"), "value", "must be a whole number from 1 to 9999");
    }
}
