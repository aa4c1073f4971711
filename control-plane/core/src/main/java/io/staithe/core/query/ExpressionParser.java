package io.staithe.core.query;

import io.staithe.core.model.Invalid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads an expression from left to right, one method for each level of precedence: {@code or}, {@code and}, {@code not}.
 *
 * <p>Names and words are in the case in which ECS writes them. Beyond what ECS documents, parentheses nest, and a quoted
 * argument may hold anything, its own quotes doubled.
 */
final class ExpressionParser {
    /** Parentheses and negations in each other. */
    static final int MAX_NESTED = 50;

    private final Cursor cursor;
    private int nested;

    ExpressionParser(String text) {
        if (text.length() > Expression.MAX_CHARS)
            throw new Invalid("expression", "must be at most " + Expression.MAX_CHARS + " characters");
        cursor = new Cursor(text);
    }

    Expression whole() {
        Expression whole = or();
        if (!cursor.isAtEnd()) throw cursor.expected("and, or, or the end (a value with spaces needs quotes)");
        return whole;
    }

    private Expression or() {
        List<Expression> parts = new ArrayList<>(List.of(and()));
        while (cursor.takeWord("or") || cursor.take("||")) parts.add(and());
        return parts.size() == 1 ? parts.get(0) : new Expression.Or(parts);
    }

    private Expression and() {
        List<Expression> parts = new ArrayList<>(List.of(not()));
        while (cursor.takeWord("and") || cursor.take("&&")) parts.add(not());
        return parts.size() == 1 ? parts.get(0) : new Expression.And(parts);
    }

    private Expression not() {
        int start = cursor.skipSpace();
        if (cursor.takeWord("not") || cursor.take("!")) return new Expression.Not(deeper(start, this::not));
        if (!cursor.take("(")) return comparison();
        Expression inner = deeper(start, this::or);
        if (!cursor.take(")")) throw cursor.expected("and, or, or )");
        return inner;
    }

    private Expression deeper(int start, Supplier<Expression> inner) {
        if (++nested > MAX_NESTED)
            throw Cursor.at(start, "expected at most " + MAX_NESTED + " parentheses and negations in each other");
        Expression read = inner.get();
        nested--;
        return read;
    }

    private Comparison comparison() {
        Subject subject = subject();
        Operator operator = operator(subject);
        int start = cursor.skipSpace();
        List<String> arguments = operator.isUnary()
                ? List.of()
                : operator.takesList() ? cursor.list() : List.of(cursor.value(operator.takesPattern()));
        try {
            return Comparison.of(subject, operator, arguments);
        } catch (Invalid invalid) {
            throw Cursor.at(start, invalid.rule());
        }
    }

    private Subject subject() {
        int start = cursor.skipSpace();
        String name = cursor.name();
        for (Subject.Kind kind : Subject.Kind.values())
            if (kind != Subject.Kind.ATTRIBUTE && kind.title().equals(name)) return Subject.of(kind);
        String attribute = name.startsWith("attribute:") ? name.substring("attribute:".length()) : "";
        if (Subject.isAttributeName(attribute)) return Subject.attribute(attribute);
        String subjects =
                Arrays.stream(Subject.Kind.values()).map(Subject.Kind::title).collect(Collectors.joining(", "));
        throw cursor.backTo(start).expected("one of " + subjects);
    }

    private Operator operator(Subject subject) {
        int start = cursor.skipSpace();
        return Operator.of(cursor.operator())
                .filter(subject.kind().operators()::contains)
                .orElseThrow(() -> cursor.backTo(start)
                        .expected("an operator of " + subject.kind().title() + " ("
                                + Arrays.stream(Operator.values())
                                        .filter(subject.kind().operators()::contains)
                                        .map(Operator::symbol)
                                        .collect(Collectors.joining(", "))
                                + ")"));
    }
}
