package io.staithe.core.query;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a host is compared.
 *
 * @param attribute the attribute's name; empty for every other kind
 */
public record Subject(Kind kind, String attribute) {
    /** ECS: 1 to 128 letters, digits and - _ . / \. */
    private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[a-zA-Z0-9_./\\\\-]{1,128}");

    private static final Set<Operator> ALL = EnumSet.allOf(Operator.class);
    private static final Set<Operator> EQUALITY = EnumSet.of(Operator.EQUALS, Operator.NOT_EQUALS);
    private static final Set<Operator> ON_SIZES = union(EQUALITY, Operator::isOrder);
    private static final Set<Operator> ON_NAMES = union(EQUALITY, o -> o.takesList() || o.takesPattern());
    private static final Set<Operator> ON_GROUPS = union(ON_NAMES, Operator::isUnary);

    public enum Kind {
        AGENT_CONNECTED("agentConnected"),
        AGENT_VERSION("agentVersion"),
        ATTRIBUTE("attribute:NAME"),
        EC2_INSTANCE_ID("ec2InstanceId"),
        REGISTERED_AT("registeredAt"),
        RUNNING_TASKS_COUNT("runningTasksCount"),
        TASK_GROUP("task:group");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** As ECS writes it; {@code NAME} stands for the attribute's name. */
        public String title() {
            return title;
        }

        /**
         * The operators that ECS documents for it. It lists none for attributes and groups: attributes take all, and a set
         * of groups has no order.
         */
        public Set<Operator> operators() {
            return switch (this) {
                case AGENT_CONNECTED, EC2_INSTANCE_ID -> ON_NAMES;
                case AGENT_VERSION, REGISTERED_AT, RUNNING_TASKS_COUNT -> ON_SIZES;
                case ATTRIBUTE -> ALL;
                case TASK_GROUP -> ON_GROUPS;
            };
        }
    }

    public Subject {
        if ((kind == Kind.ATTRIBUTE) != ATTRIBUTE_NAME.matcher(attribute).matches())
            throw new IllegalArgumentException("'" + attribute + "' names no attribute");
    }

    public static Subject of(Kind kind) {
        return new Subject(kind, "");
    }

    public static Subject attribute(String name) {
        return new Subject(Kind.ATTRIBUTE, name);
    }

    static boolean isAttributeName(String name) {
        return ATTRIBUTE_NAME.matcher(name).matches();
    }

    private static Set<Operator> union(Set<Operator> some, java.util.function.Predicate<Operator> more) {
        EnumSet<Operator> union = EnumSet.copyOf(some);
        ALL.stream().filter(more).forEach(union::add);
        return union;
    }

    @Override
    public String toString() {
        return kind == Kind.ATTRIBUTE ? "attribute:" + attribute : kind.title;
    }
}
