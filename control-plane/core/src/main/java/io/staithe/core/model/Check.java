package io.staithe.core.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules that record constructors share. Each throws {@link Invalid} with the field's name. */
public final class Check {
    /** ECS: up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");

    private Check() {}

    public static void that(boolean holds, String field, String rule) {
        if (!holds) throw new Invalid(field, rule);
    }

    public static String name(@Nullable String value, String field) {
        if (value == null || !NAME.matcher(value).matches())
            throw new Invalid(field, "must be 1 to 255 letters, digits, hyphens and underscores");
        return value;
    }

    public static String text(@Nullable String value, String field, int maxChars) {
        if (value == null || value.isBlank()) throw new Invalid(field, "is required");
        optionalText(value, field, maxChars);
        return value;
    }

    /** Free text that ends up in labels, logs and configurations: bounded, and without control characters. */
    public static void optionalText(@Nullable String value, String field, int maxChars) {
        if (value == null) return;
        that(value.length() <= maxChars, field, "must be at most " + maxChars + " characters");
        that(
                value.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r'),
                field,
                "must not hold control characters");
    }

    public static void range(@Nullable Integer value, int min, int max, String field) {
        if (value == null) return;
        that(value >= min && value <= max, field, "must be between " + min + " and " + max);
    }

    public static void oneOf(@Nullable String value, Collection<String> allowed, String field) {
        if (value == null) return;
        that(allowed.contains(value), field, "must be one of " + String.join(", ", allowed));
    }

    public static void atMost(Collection<?> values, int max, String field) {
        that(values.size() <= max, field, "must have at most " + max + " entries");
    }

    /** An unmodifiable copy; absent means empty. */
    public static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    /** An unmodifiable copy that keeps the order; absent means empty. */
    public static <V> Map<String, V> map(@Nullable Map<String, V> values) {
        return values == null || values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
