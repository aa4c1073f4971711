package io.staithe.core.schedule;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ranges that go over the end of a field, such as {@code 20-2} hours or {@code FRI-MON}: AWS has them, cron-utils has not. */
final class Wrapped {
    static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private static final Pattern RANGE =
            Pattern.compile("([0-9]{1,2}|[A-Za-z]{3})-([0-9]{1,2}|[A-Za-z]{3})(/([0-9]{1,2}))?");

    private Wrapped() {}

    /** The field with the values of such ranges one by one; all else stays as it is written. */
    static String range(String field, int min, int max, List<String> names) {
        return Stream.of(field.split(",", -1))
                .map(item -> item(item, min, max, names))
                .collect(Collectors.joining(","));
    }

    private static String item(String item, int min, int max, List<String> names) {
        Matcher range = RANGE.matcher(item);
        if (!range.matches()) return item;
        int first = number(range.group(1), names);
        int last = number(range.group(2), names);
        int step = range.group(4) == null ? 1 : Integer.parseInt(range.group(4));
        boolean wraps = last >= min && first > last && first <= max && step > 0;
        if (!wraps) return item;
        int size = max - min + 1;
        return IntStream.iterate(first, value -> value <= last + size, value -> value + step)
                .mapToObj(value -> String.valueOf(value > max ? value - size : value))
                .collect(Collectors.joining(","));
    }

    /** Less than all numbers for a name that is none. */
    private static int number(String written, List<String> names) {
        if (Character.isDigit(written.charAt(0))) return Integer.parseInt(written);
        int index = names.indexOf(written.toUpperCase(Locale.ROOT));
        return index < 0 ? Integer.MIN_VALUE : index + 1;
    }
}
