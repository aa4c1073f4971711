package io.staithe.core.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version, ordered part by part as numbers: 1.10 is more than 1.9, and 1.10 the same as 1.10.0.
 *
 * <p>What follows a hyphen makes it a version before the one without (1.0-rc1 is less than 1.0); what follows a plus sign
 * does not count.
 *
 * @param preRelease empty for a release
 */
record AgentVersion(List<Long> numbers, String preRelease) implements Comparable<AgentVersion> {
    private static final Pattern FORM = Pattern.compile(
            "v?([0-9]{1,18}(?:\\.[0-9]{1,18}){0,9})(?:-([a-zA-Z0-9.-]{1,100}))?(?:\\+[a-zA-Z0-9.-]{1,100})?");

    /** Empty when {@code text} is no version. */
    static Optional<AgentVersion> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        List<Long> numbers =
                Arrays.stream(matcher.group(1).split("\\.")).map(Long::valueOf).toList();
        return Optional.of(new AgentVersion(numbers, matcher.group(2) == null ? "" : matcher.group(2)));
    }

    @Override
    public int compareTo(AgentVersion other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int difference = number(i).compareTo(other.number(i));
            if (difference != 0) return difference;
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty())
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        return preRelease.compareTo(other.preRelease);
    }

    private Long number(int at) {
        return at < numbers.size() ? numbers.get(at) : 0L;
    }
}
