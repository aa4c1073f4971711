package io.staithe.server.manifest;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 90s}, {@code 5m}, {@code 2h}, {@code 1d}; a number alone is seconds. */
public final class Spans {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,7})([smhd]?)");

    private Spans() {}

    /** Empty for anything else. */
    public static Optional<Duration> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    case "d" -> Duration.ofDays(amount);
                    default -> Duration.ofSeconds(amount);
                });
    }

    /** In the largest unit that leaves nothing over. */
    public static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) return seconds + "s";
        if (seconds % 3600 != 0) return seconds / 60 + "m";
        return seconds / 3600 + "h";
    }
}
