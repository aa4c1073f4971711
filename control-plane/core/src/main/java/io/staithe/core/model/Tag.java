package io.staithe.core.model;

/** A label of the user's. ECS: keys up to 128, values up to 256 characters; at most 50 on one resource. */
public record Tag(String key, String value) {
    public static final int MAX_PER_RESOURCE = 50;

    public Tag {
        Check.text(key, "key", 128);
        value = value == null ? "" : value;
        Check.optionalText(value, "value", 256);
    }
}
