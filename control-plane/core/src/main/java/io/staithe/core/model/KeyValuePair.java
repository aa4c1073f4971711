package io.staithe.core.model;

/** ECS's {@code KeyValuePair}: one variable of a container's environment. */
public record KeyValuePair(String name, String value) {
    public KeyValuePair {
        Check.text(name, "name", 1024);
        Check.that(name.indexOf('=') < 0 && name.indexOf('\n') < 0, "name", "must not contain '=' or a line break");
        value = value == null ? "" : value;
        Check.that(value.indexOf('\0') < 0, "value", "must not contain a NUL character");
    }
}
