package io.staithe.core.scheduler;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.query.Comparison;
import io.staithe.core.query.Expression;
import io.staithe.core.query.Facts;
import io.staithe.core.query.Subject;
import io.staithe.core.query.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A demand's {@code memberOf} constraints, parsed once and taken apart: what asks about attributes alone is decided for a
 * whole class of hosts, the rest host by host.
 */
final class Expressions {
    private final List<Expression> aboutClasses = new ArrayList<>();
    private final List<Expression> aboutHosts = new ArrayList<>();
    /** Of the first constraint that is not understood: such a task fits nowhere. */
    private @Nullable Veto notUnderstood;

    Expressions(List<PlacementConstraint> constraints) {
        for (PlacementConstraint constraint : constraints) if (constraint.isMemberOf()) add(constraint);
    }

    private void add(PlacementConstraint constraint) {
        String text = String.valueOf(constraint.expression());
        try {
            for (Expression part : Expression.parse(text).conjuncts())
                (asksAboutAttributesAlone(part) ? aboutClasses : aboutHosts).add(part);
        } catch (Invalid invalid) {
            // The API refuses it; one that came in otherwise must not keep every other task of the cluster waiting.
            if (notUnderstood == null)
                notUnderstood = Veto.of("MemberOf", "'" + text + "' is not understood: " + invalid.rule());
        }
    }

    boolean askAboutClasses() {
        return notUnderstood != null || !aboutClasses.isEmpty();
    }

    boolean askAboutHosts() {
        return !aboutHosts.isEmpty();
    }

    /** The names of the attributes that are asked about. */
    Set<String> attributes() {
        return aboutClasses.stream()
                .flatMap(Expression::comparisons)
                .map(comparison -> comparison.subject().attribute())
                .collect(Collectors.toCollection(HashSet::new));
    }

    Optional<Veto> checkClass(Facts example) {
        return checkClass(example, name -> true);
    }

    /** @param somebodyHas whether there is a host with the attribute of this name: where there is none, that is told */
    Optional<Veto> checkClass(Facts example, Predicate<String> somebodyHas) {
        return notUnderstood != null ? Optional.of(notUnderstood) : check(aboutClasses, example, somebodyHas);
    }

    Optional<Veto> checkHost(Facts host) {
        return check(aboutHosts, host, name -> true);
    }

    /** {@link #checkClass} without the reason. */
    boolean allowClass(Facts example) {
        return notUnderstood == null && allow(aboutClasses, example);
    }

    /** {@link #checkHost} without the reason. */
    boolean allowHost(Facts host) {
        return allow(aboutHosts, host);
    }

    private static boolean allow(List<Expression> parts, Facts host) {
        for (int i = 0; i < parts.size(); i++) if (!parts.get(i).holds(host)) return false;
        return true;
    }

    private static boolean asksAboutAttributesAlone(Expression part) {
        return part.comparisons().allMatch(comparison -> comparison.subject().kind() == Subject.Kind.ATTRIBUTE);
    }

    private static Optional<Veto> check(List<Expression> parts, Facts host, Predicate<String> somebodyHas) {
        for (Expression part : parts) {
            Verdict verdict = part.judge(host);
            if (!verdict.holds()) return Optional.of(Veto.of("MemberOf", why(part, verdict, host, somebodyHas)));
        }
        return Optional.empty();
    }

    private static String why(Expression part, Verdict verdict, Facts host, Predicate<String> somebodyHas) {
        if (verdict instanceof Verdict.TooCostly costly)
            return "the pattern in " + costly.comparison() + " takes too long";
        List<String> missing = part.comparisons()
                .map(Comparison::subject)
                .filter(subject -> subject.kind() == Subject.Kind.ATTRIBUTE)
                .map(Subject::attribute)
                .filter(name -> host.attribute(name).isEmpty())
                .distinct()
                .toList();
        return "does not match " + part + lack(missing, somebodyHas);
    }

    private static String lack(List<String> missing, Predicate<String> somebodyHas) {
        List<String> unknown = missing.stream().filter(somebodyHas.negate()).toList();
        if (!unknown.isEmpty()) return " (no host has an attribute " + String.join(", ", unknown) + ")";
        return missing.isEmpty() ? "" : " (it has no attribute " + String.join(", ", missing) + ")";
    }
}
