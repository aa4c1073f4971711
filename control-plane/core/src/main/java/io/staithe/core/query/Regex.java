package io.staithe.core.query;

import io.staithe.core.model.Invalid;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A {@code java.util.regex} pattern whose cost is bounded.
 *
 * <p>The engine backtracks, so a pattern such as {@code (a+)+$} can take longer than anybody waits. Nothing in it can be
 * interrupted, but it reads its input through {@link CharSequence#charAt}: there the reads are counted. Where a pattern could
 * go on without reading, {@link SilentPaths} refuses it beforehand.
 */
final class Regex {
    /** Of all the values that one comparison asks about. An ordinary pattern reads a value a few times. */
    static final int MAX_READS = 20_000;

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The pattern read more than {@link #MAX_READS} characters, or went deeper than the stack. */
    static final class GaveUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private GaveUp() {
            super("the pattern takes too long", null, false, false);
        }
    }

    /** @throws Invalid field {@code expression}, when it is no pattern, or one that could run on without reading */
    static Regex of(String text) {
        try {
            Pattern pattern = Pattern.compile(text);
            SilentPaths.check(text);
            return new Regex(pattern);
        } catch (PatternSyntaxException wrong) {
            throw invalid("expected a pattern; '" + text + "' is none: " + wrong.getDescription()
                    + (wrong.getIndex() < 0 ? "" : " at its character " + (wrong.getIndex() + 1)));
        } catch (StackOverflowError tooDeep) {
            throw invalid("expected a pattern that is less deeply nested");
        }
    }

    /**
     * Whether a value as a whole matches, as with {@link java.util.regex.Matcher#matches}.
     *
     * @throws GaveUp when that takes too long to find out
     */
    boolean matchesAny(Stream<String> values) {
        Reads reads = new Reads();
        try {
            return values.anyMatch(value -> pattern.matcher(reads.of(value)).matches());
        } catch (StackOverflowError tooDeep) {
            throw new GaveUp();
        }
    }

    static Invalid invalid(String rule) {
        return new Invalid("expression", rule);
    }

    /** What is left of the reads. */
    private static final class Reads {
        private int left = MAX_READS;

        CharSequence of(String value) {
            return new Counted(value, this);
        }

        void take() {
            if (--left < 0) throw new GaveUp();
        }
    }

    private record Counted(String value, Reads reads) implements CharSequence {
        @Override
        public int length() {
            return value.length();
        }

        @Override
        public char charAt(int index) {
            reads.take();
            return value.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(value.substring(start, end), reads);
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
