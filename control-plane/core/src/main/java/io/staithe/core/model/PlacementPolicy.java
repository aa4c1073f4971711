package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the placement of tasks beyond ECS's constraints and strategies.
 *
 * @param priority 0 to 1,000; the higher is placed first, and may take the place of a lower one
 * @param preferences hosts that are liked better than others that fit
 * @param maxSkew how unevenly tasks may be spread; binding, as constraints are
 * @param allOrNothing tasks that wait together, of a deployment or of one RunTask call, are placed all or none
 * @param headroom 0 to 1,000; room that is kept free for so many more of the service's tasks
 * @param fallbackSeconds 0 to 86,400; when no hosts of a task's capacity provider are to be had, how long after its creation it
 *     gets the next one of its service's strategy; absent: never
 */
public record PlacementPolicy(
        int priority,
        List<Preference> preferences,
        List<Skew> maxSkew,
        boolean allOrNothing,
        int headroom,
        @Nullable Integer fallbackSeconds) {
    public static final int MAX_PREFERENCES = 5;
    public static final int MAX_SKEWS = 3;
    public static final int MAX_PRIORITY = 1000;
    /** Tasks that are placed all or none are placed in one commit. */
    public static final int MAX_ALL_OR_NOTHING = 40;

    /** What holds for tasks that have no policy of their own. */
    public static final PlacementPolicy NONE = new PlacementPolicy(0, List.of(), List.of(), false, 0, null);

    /**
     * A soft {@code memberOf}.
     *
     * @param expression of the cluster query language
     * @param weight 1 to 100, against the other preferences
     */
    public record Preference(String expression, int weight) {
        public Preference {
            Check.text(expression, "expression", PlacementConstraint.MAX_EXPRESSION_CHARS);
            Check.range(weight, 1, 100, "weight");
        }
    }

    /**
     * How many tasks of its group one value of a field may have more than the value that has the fewest.
     *
     * @param field {@code instanceId} or {@code attribute:NAME}
     * @param max 1 to 1,000
     */
    public record Skew(String field, int max) {
        private static final String ATTRIBUTE = "attribute:";

        public Skew {
            Check.text(field, "field", 255);
            Check.that(
                    field.equals("instanceId") || (field.startsWith(ATTRIBUTE) && field.length() > ATTRIBUTE.length()),
                    "field",
                    "must be instanceId or attribute:NAME");
            Check.range(max, 1, 1000, "max");
        }
    }

    public PlacementPolicy {
        Check.range(priority, 0, MAX_PRIORITY, "priority");
        preferences = Check.list(preferences);
        Check.atMost(preferences, MAX_PREFERENCES, "preferences");
        maxSkew = Check.list(maxSkew);
        Check.atMost(maxSkew, MAX_SKEWS, "maxSkew");
        Check.range(headroom, 0, 1000, "headroom");
        if (fallbackSeconds != null) Check.range(fallbackSeconds, 0, 86_400, "fallbackSeconds");
    }
}
