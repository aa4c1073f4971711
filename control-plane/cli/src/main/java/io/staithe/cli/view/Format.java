package io.staithe.cli.view;

/** What {@code -o} may say. */
public enum Format {
    /** Columns for people. */
    TABLE,
    /** More columns for people. */
    WIDE,
    /** What the API answered, for programs. */
    JSON,
    /** The same in YAML. */
    YAML;

    public boolean isForPeople() {
        return this == TABLE || this == WIDE;
    }

    /** As picocli lists them in messages. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
