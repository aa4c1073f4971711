package io.staithe.core.state;

/**
 * How many of the same there are, told in one sentence: what one commit says of many tasks of a service becomes one event.
 *
 * @param before the number
 * @param after the number
 */
public record Tally(String before, int many, String after) {
    /** The sentence. */
    public String text() {
        return before + many + after;
    }

    boolean isOfTheSame(Tally other) {
        return before.equals(other.before) && after.equals(other.after);
    }

    Tally and(Tally other) {
        return new Tally(before, many + other.many, after);
    }
}
