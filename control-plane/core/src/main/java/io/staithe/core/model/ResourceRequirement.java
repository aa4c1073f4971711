package io.staithe.core.model;

/**
 * A countable resource besides CPU and memory.
 *
 * @param value a whole number from 1 on
 * @param type {@code GPU}, or the name of a resource that hosts declare, which ECS does not have
 */
public record ResourceRequirement(String value, String type) {
    public static final String GPU = "GPU";

    public ResourceRequirement {
        Check.text(value, "value", 64);
        Check.text(type, "type", 64);
        Check.that(!type.equals("InferenceAccelerator"), "type", "must not be InferenceAccelerator: no host has any");
        if (!type.equals(GPU)) Resources.checkName(type, "type");
        Check.that(value.matches("[1-9][0-9]{0,5}"), "value", "must be a whole number from 1 to 999999");
    }

    public int count() {
        return Integer.parseInt(value);
    }
}
