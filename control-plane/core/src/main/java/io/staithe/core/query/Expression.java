package io.staithe.core.query;

import io.staithe.core.model.Invalid;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An expression of the cluster query language. Two are equal when they say the same in the same order; {@code toString}
 * prints one in a form that parses back to an equal one.
 */
public sealed interface Expression permits Expression.And, Expression.Or, Expression.Not, Comparison {
    /** ECS: an expression has at most 2,000 characters. */
    int MAX_CHARS = 2_000;

    /** @throws Invalid field {@code expression}; the rule names the column, from 1, and what was expected there */
    static Expression parse(String text) {
        return new ExpressionParser(text).whole();
    }

    /**
     * Whether {@code host} is among those that this selects, or why that is not told.
     *
     * <p>A pattern reads at most 20,000 characters of a host; comparisons are made from left to right, and only as far
     * as needed.
     */
    Verdict judge(Facts host);

    /** Whether {@code host} is certainly selected: a pattern that takes too long selects nothing, negated or not. */
    default boolean holds(Facts host) {
        return judge(host).holds();
    }

    /** Every comparison in it, from left to right. */
    Stream<Comparison> comparisons();

    /**
     * Parts that must all hold, and that together say the same as the whole, as small as they can be made: {@code
     * not(task:group == database)} is {@code task:group != database}, and {@code not(a or b)} is two parts.
     */
    default List<Expression> conjuncts() {
        return List.of(this);
    }

    /** What holds exactly when this does not; a pattern that takes too long stays undecided. */
    default Expression negated() {
        return new Not(this);
    }

    /** All of {@code parts}, of which there are at least two. */
    record And(List<Expression> parts) implements Expression {
        public And {
            parts = twoOrMore(parts);
        }

        @Override
        public Verdict judge(Facts host) {
            for (Expression part : parts) {
                Verdict verdict = part.judge(host);
                if (!verdict.holds()) return verdict;
            }
            return Verdict.HOLDS;
        }

        @Override
        public Stream<Comparison> comparisons() {
            return parts.stream().flatMap(Expression::comparisons);
        }

        @Override
        public List<Expression> conjuncts() {
            return parts.stream().flatMap(part -> part.conjuncts().stream()).toList();
        }

        @Override
        public String toString() {
            return joined(parts, " and ");
        }
    }

    /** Any of {@code parts}, of which there are at least two. */
    record Or(List<Expression> parts) implements Expression {
        public Or {
            parts = twoOrMore(parts);
        }

        @Override
        public Verdict judge(Facts host) {
            for (Expression part : parts) {
                Verdict verdict = part.judge(host);
                if (verdict != Verdict.FAILS) return verdict;
            }
            return Verdict.FAILS;
        }

        @Override
        public Stream<Comparison> comparisons() {
            return parts.stream().flatMap(Expression::comparisons);
        }

        @Override
        public String toString() {
            return joined(parts, " or ");
        }
    }

    record Not(Expression part) implements Expression {
        @Override
        public Verdict judge(Facts host) {
            return part.judge(host).negated();
        }

        @Override
        public Stream<Comparison> comparisons() {
            return part.comparisons();
        }

        @Override
        public List<Expression> conjuncts() {
            if (part instanceof Not twice) return twice.part.conjuncts();
            if (part instanceof Or or)
                return or.parts.stream()
                        .flatMap(each -> new Not(each).conjuncts().stream())
                        .toList();
            return List.of(part.negated());
        }

        @Override
        public Expression negated() {
            return part;
        }

        @Override
        public String toString() {
            return "not " + grouped(part);
        }
    }

    private static List<Expression> twoOrMore(List<Expression> parts) {
        if (parts.size() < 2) throw new IllegalArgumentException("needs at least two parts, has " + parts);
        return List.copyOf(parts);
    }

    private static String joined(List<Expression> parts, String word) {
        return parts.stream().map(Expression::grouped).collect(Collectors.joining(word));
    }

    private static String grouped(Expression part) {
        return part instanceof Comparison || part instanceof Not ? part.toString() : "(" + part + ")";
    }
}
