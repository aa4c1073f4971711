package io.staithe.core.model;

/**
 * A value that breaks a rule of the model: which field, and which rule.
 *
 * <p>Record constructors throw it with the field's own name; whoever builds nested records puts the path in front with
 * {@link #within}, so that a user reads {@code containerDefinitions[0].portMappings[1].containerPort}.
 */
public final class Invalid extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    public Invalid(String field, String rule) {
        super(field.isEmpty() ? rule : field + ": " + rule);
        this.field = field;
        this.rule = rule;
    }

    public String field() {
        return field;
    }

    public String rule() {
        return rule;
    }

    /** The same violation seen from the object that holds this one in {@code outer}. */
    public Invalid within(String outer) {
        if (field.isEmpty()) return new Invalid(outer, rule);
        return new Invalid(outer + (field.startsWith("[") ? "" : ".") + field, rule);
    }
}
