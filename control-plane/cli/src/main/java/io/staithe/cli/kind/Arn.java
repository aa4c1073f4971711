package io.staithe.cli.kind;

/** What people want to see of an ARN. */
public final class Arn {
    private static final int SHORT = 8;

    private Arn() {}

    /** The part after the last slash: a name, an id, {@code FAMILY:REVISION}. What is no ARN is itself. */
    public static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** The name in {@code ...:targetgroup/NAME/ID}. */
    public static String targetGroup(String arn) {
        String[] parts = arn.split("/");
        return parts.length > 1 ? parts[1] : arn;
    }

    /** The first digits of the id: enough to tell tasks apart, and accepted wherever an id is. */
    public static String shortId(String arn) {
        String id = last(arn);
        return id.length() > SHORT ? id.substring(0, SHORT) : id;
    }
}
