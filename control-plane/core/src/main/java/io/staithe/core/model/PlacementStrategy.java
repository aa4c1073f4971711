package io.staithe.core.model;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A preference among hosts that fit.
 *
 * @param type {@code spread}, {@code binpack} or {@code random}
 * @param field spread: {@code instanceId}, {@code host} or {@code attribute:NAME}; binpack: {@code cpu} or {@code memory}
 */
public record PlacementStrategy(String type, @Nullable String field) {
    public static final int MAX_PER_SERVICE = 5;

    public PlacementStrategy {
        Check.text(type, "type", 16);
        Check.oneOf(type, List.of("spread", "binpack", "random"), "type");
        if (type.equals("binpack")) checkBinpack(Check.text(field, "field", 255));
        if (type.equals("spread")) checkSpread(Check.text(field, "field", 255));
    }

    private static void checkBinpack(String field) {
        Check.oneOf(field.toLowerCase(Locale.ROOT), List.of("cpu", "memory"), "field");
    }

    private static void checkSpread(String field) {
        Check.that(
                field.equals("instanceId") || field.equals("host") || field.startsWith("attribute:"),
                "field",
                "must be instanceId, host or attribute:NAME");
    }
}
