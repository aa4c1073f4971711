package io.staithe.agent.container;

/**
 * What a check, or a program that was run inside a container, has shown.
 *
 * @param detail what it said, for people, on one line: at most {@link #MAX_DETAIL_CHARS}; empty when there is nothing to say
 */
public record Finding(boolean passed, String detail) {
    public static final int MAX_DETAIL_CHARS = 200;

    public static final Finding PASSED = new Finding(true, "");

    public Finding {
        String line = detail.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        detail = line.length() <= MAX_DETAIL_CHARS ? line : line.substring(0, MAX_DETAIL_CHARS) + "...";
    }

    public static Finding failed(String detail) {
        return new Finding(false, detail);
    }
}
