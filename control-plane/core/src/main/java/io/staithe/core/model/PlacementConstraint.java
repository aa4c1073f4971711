package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that a host must meet. {@code memberOf} takes a cluster query expression, {@code distinctInstance} none. */
public record PlacementConstraint(String type, @Nullable String expression) {
    public static final int MAX_PER_SERVICE = 10;
    public static final int MAX_EXPRESSION_CHARS = 2000;

    public PlacementConstraint {
        Check.text(type, "type", 32);
        Check.oneOf(type, List.of("distinctInstance", "memberOf"), "type");
        Check.optionalText(expression, "expression", MAX_EXPRESSION_CHARS);
        Check.that(
                !type.equals("memberOf") || (expression != null && !expression.isBlank()),
                "expression",
                "is required for memberOf");
        Check.that(
                !type.equals("distinctInstance") || expression == null || expression.isBlank(),
                "expression",
                "is not allowed for distinctInstance");
    }

    /** The other type is {@code distinctInstance}. */
    public boolean isMemberOf() {
        return type.equals("memberOf");
    }
}
