package io.staithe.core.query;

import io.staithe.core.model.Invalid;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code subject operator [argument]}: what an expression is made of. */
public final class Comparison implements Expression {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[a-zA-Z0-9_./:*+\\\\-]+");

    private final Subject subject;
    private final Operator operator;
    private final List<String> arguments;
    private final Condition positive;

    private Comparison(Subject subject, Operator operator, List<String> arguments) {
        this.subject = subject;
        this.operator = operator;
        this.arguments = List.copyOf(arguments);
        this.positive = Conditions.of(
                subject, operator.isNegative() ? operator.contrary().orElseThrow() : operator, this.arguments);
    }

    /**
     * @param arguments none for {@code exists} and {@code !exists}, any number for {@code in} and {@code !in}, else one
     * @throws Invalid field {@code expression}, when the subject does not take this operator or this argument
     */
    public static Comparison of(Subject subject, Operator operator, List<String> arguments) {
        if (!subject.kind().operators().contains(operator))
            throw new Invalid("expression", subject + " does not take " + operator.symbol());
        if (!operator.takesList() && arguments.size() != (operator.isUnary() ? 0 : 1))
            throw new Invalid("expression", operator.symbol() + " does not take " + arguments.size() + " arguments");
        return new Comparison(subject, operator, arguments);
    }

    public Subject subject() {
        return subject;
    }

    public Operator operator() {
        return operator;
    }

    /** As they are compared: without quotes. */
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public Verdict judge(Facts host) {
        try {
            return Verdict.of(operator.isNegative() != positive.holds(host));
        } catch (Regex.GaveUp gaveUp) {
            return new Verdict.TooCostly(this);
        }
    }

    @Override
    public Stream<Comparison> comparisons() {
        return Stream.of(this);
    }

    @Override
    public Expression negated() {
        return operator.contrary()
                .<Expression>map(contrary -> new Comparison(subject, contrary, arguments))
                .orElseGet(() -> new Not(this));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Comparison that
                && subject.equals(that.subject)
                && operator == that.operator
                && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(subject, operator, arguments);
    }

    @Override
    public String toString() {
        String start = subject + " " + operator.symbol();
        if (operator.isUnary()) return start;
        String values = arguments.stream().map(Comparison::quoted).collect(Collectors.joining(", "));
        return start + " " + (operator.takesList() ? "[" + values + "]" : values);
    }

    private static String quoted(String argument) {
        return NEEDS_NO_QUOTES.matcher(argument).matches() ? argument : "'" + argument.replace("'", "''") + "'";
    }
}
