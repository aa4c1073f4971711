package io.staithe.core.query;

import io.staithe.core.model.Invalid;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a positive operator means for each subject, with its argument read by the subject's type. The negative ones are
 * these, negated.
 */
final class Conditions {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    private Conditions() {}

    static Condition of(Subject subject, Operator operator, List<String> arguments) {
        return switch (subject.kind()) {
            case AGENT_CONNECTED -> connected(operator, arguments);
            case AGENT_VERSION -> version(operator, arguments.get(0));
            case ATTRIBUTE -> texts(host -> host.attribute(subject.attribute()).stream(), operator, arguments);
            case EC2_INSTANCE_ID -> texts(host -> Stream.of(host.instanceId()), operator, arguments);
            case REGISTERED_AT -> registered(operator, arguments.get(0));
            case RUNNING_TASKS_COUNT -> count(operator, arguments.get(0));
            case TASK_GROUP -> group(operator, arguments);
        };
    }

    private static Condition connected(Operator operator, List<String> arguments) {
        if (!operator.takesPattern())
            for (String argument : arguments)
                if (!argument.equals("true") && !argument.equals("false")) throw expected("true or false", argument);
        return texts(host -> Stream.of(String.valueOf(host.agentConnected())), operator, arguments);
    }

    private static Condition version(Operator operator, String argument) {
        AgentVersion wanted =
                AgentVersion.of(argument).orElseThrow(() -> expected("a version such as 1.14.5", argument));
        return host -> AgentVersion.of(host.agentVersion())
                .filter(version -> operator.accepts(version.compareTo(wanted)))
                .isPresent();
    }

    private static Condition registered(Operator operator, String argument) {
        RegistrationDate date = RegistrationDate.of(argument)
                .orElseThrow(
                        () -> expected("a date such as 2018-06-18 or 2018-06-18T22:28:28Z (or with +00:00)", argument));
        return host -> operator.accepts(date.compare(host.registeredAt()));
    }

    private static Condition count(Operator operator, String argument) {
        if (!COUNT.matcher(argument).matches()) throw expected("a whole number of at most 9 digits", argument);
        int wanted = Integer.parseInt(argument);
        return host -> operator.accepts(Integer.compare(host.runningTasksCount(), wanted));
    }

    /** Equality asks the host, which can know the answer without going through all of its groups. */
    private static Condition group(Operator operator, List<String> arguments) {
        return operator == Operator.EQUALS || operator == Operator.IN
                ? host -> runsAny(arguments, host)
                : texts(Facts::groups, operator, arguments);
    }

    /** Asked for every host that placement looks at: without a stream. */
    private static boolean runsAny(List<String> groups, Facts host) {
        for (int i = 0; i < groups.size(); i++) if (host.runsGroup(groups.get(i))) return true;
        return false;
    }

    /** Holds when any of the host's values does; so a value that is missing meets no positive operator. */
    private static Condition texts(Function<Facts, Stream<String>> values, Operator operator, List<String> arguments) {
        if (operator == Operator.MATCHES) {
            Regex regex = Regex.of(arguments.get(0));
            return host -> regex.matchesAny(values.apply(host));
        }
        Predicate<String> test = text(operator, arguments);
        return host -> values.apply(host).anyMatch(test);
    }

    private static Predicate<String> text(Operator operator, List<String> arguments) {
        if (operator == Operator.EXISTS) return value -> true;
        if (operator == Operator.EQUALS || operator == Operator.IN) return Set.copyOf(arguments)::contains;
        return value -> operator.accepts(compare(value, arguments.get(0)));
    }

    /** As numbers where both are, else as texts: 9 is less than 10, and {@code m5.large} less than {@code t2.small}. */
    private static int compare(String value, String argument) {
        return NUMBER.matcher(value).matches() && NUMBER.matcher(argument).matches()
                ? new BigDecimal(value).compareTo(new BigDecimal(argument))
                : value.compareTo(argument);
    }

    private static Invalid expected(String what, String found) {
        return new Invalid("expression", "expected " + what + ", found '" + found + "'");
    }
}
