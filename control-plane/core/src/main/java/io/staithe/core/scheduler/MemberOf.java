package io.staithe.core.scheduler;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Invalid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code memberOf} expression: comparisons of host attributes joined by {@code and}, such as {@code
 * attribute:ecs.availability-zone in [a, b] and attribute:disk exists}.
 */
public final class MemberOf {
    private static final Pattern COMPARISON = Pattern.compile(
            "attribute:([a-zA-Z0-9_./\\\\-]+)\\s*(?:(==|equals|!=|not_equals|in|!in|not_in)\\s*(\\[[^\\]]*\\]|[^\\s\\[]\\S*)|(exists|!exists|not_exists))");
    private static final Pattern AND = Pattern.compile("\\s+and\\s+|\\s*&&\\s*");

    private final List<Predicate<ContainerInstance>> all;
    private final Set<String> attributes;

    private MemberOf(List<Predicate<ContainerInstance>> all, Set<String> attributes) {
        this.all = all;
        this.attributes = attributes;
    }

    /** The names of the attributes that it asks about. */
    Set<String> attributes() {
        return attributes;
    }

    /** @throws Invalid when it is not an expression of this form; the field is {@code expression} */
    public static MemberOf parse(String expression) {
        List<Predicate<ContainerInstance>> all = new ArrayList<>();
        Set<String> attributes = new TreeSet<>();
        for (String part : AND.split(expression.strip(), -1)) all.add(comparison(part.strip(), attributes));
        return new MemberOf(all, attributes);
    }

    public boolean matches(ContainerInstance host) {
        return all.stream().allMatch(condition -> condition.test(host));
    }

    private static Predicate<ContainerInstance> comparison(String text, Set<String> attributes) {
        Matcher matcher = COMPARISON.matcher(text);
        if (!matcher.matches())
            throw new Invalid(
                    "expression",
                    "'" + text
                            + "' is not understood: attribute:NAME with ==, !=, in [..], !in [..], exists or !exists,"
                            + " joined by and");
        String name = matcher.group(1);
        attributes.add(name);
        String operator = matcher.group(2) == null ? matcher.group(4) : matcher.group(2);
        List<String> values = matcher.group(3) == null ? List.of() : values(matcher.group(3));
        return host -> holds(host.attribute(name), operator, values);
    }

    private static boolean holds(Optional<String> value, String operator, List<String> values) {
        return switch (operator) {
            case "exists" -> value.isPresent();
            case "!exists", "not_exists" -> value.isEmpty();
            case "==", "equals", "in" -> value.filter(values::contains).isPresent();
            default -> value.filter(values::contains).isEmpty();
        };
    }

    private static List<String> values(String text) {
        String inner = text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
        return Arrays.stream(inner.split(",", -1)).map(String::strip).toList();
    }
}
