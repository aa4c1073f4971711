package io.staithe.server.aws;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in a request, such as {@code containerDefinitions[0].portMappings[1].containerPort}. It costs one
 * small object a level; the text is made only when somebody has to read it.
 */
public final class FieldPath {
    public static final FieldPath ROOT = new FieldPath(null, "", -1);

    private final @Nullable FieldPath parent;
    private final String name;
    private final int index;

    private FieldPath(@Nullable FieldPath parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    public FieldPath field(String child) {
        return new FieldPath(this, child, -1);
    }

    /** An element of a list; the first is 0. */
    public FieldPath element(int child) {
        return new FieldPath(this, "", child);
    }

    @Override
    public String toString() {
        if (parent == null) return "";
        String outer = parent.toString();
        if (index >= 0) return outer + "[" + index + "]";
        return outer.isEmpty() ? name : outer + "." + name;
    }
}
