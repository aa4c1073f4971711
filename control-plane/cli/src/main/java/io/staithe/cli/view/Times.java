package io.staithe.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Points in time as the API gives them, and as people read them. */
public final class Times {
    private Times() {}

    /** Epoch seconds (ECS) or ISO-8601 (Staithe's own API). */
    public static @Nullable Instant of(JsonNode time) {
        if (time.isNumber()) return Instant.ofEpochMilli(Math.round(time.asDouble() * 1000));
        if (!time.isTextual()) return null;
        try {
            return Instant.parse(time.asText());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** How long ago, in its largest unit: {@code 12s 5m 3h 2d}; empty when there is no time. */
    public static String age(JsonNode time, Instant now) {
        Instant then = of(time);
        if (then == null) return "";
        Duration age = Duration.between(then, now);
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) return seconds + "s";
        if (seconds < 2 * 3600) return seconds / 60 + "m";
        if (seconds < 2 * 86_400) return seconds / 3600 + "h";
        return seconds / 86_400 + "d";
    }

    /** The local time of day, with the date when it is not today's. */
    public static String clock(JsonNode time, Instant now) {
        Instant then = of(time);
        if (then == null) return "";
        ZoneId zone = ZoneId.systemDefault();
        boolean today = then.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return DateTimeFormatter.ofPattern(today ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss")
                .withZone(zone)
                .format(then);
    }
}
