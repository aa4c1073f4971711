package io.staithe.core.query;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** ECS's comparison operators; each has a symbol and a word, and {@code exists} and {@code in} have only the word. */
public enum Operator {
    EQUALS("==", "equals"),
    NOT_EQUALS("!=", "not_equals"),
    GREATER_THAN(">", "greater_than"),
    GREATER_THAN_EQUAL(">=", "greater_than_equal"),
    LESS_THAN("<", "less_than"),
    LESS_THAN_EQUAL("<=", "less_than_equal"),
    EXISTS("exists", "exists"),
    NOT_EXISTS("!exists", "not_exists"),
    IN("in", "in"),
    NOT_IN("!in", "not_in"),
    MATCHES("=~", "matches"),
    NOT_MATCHES("!~", "not_matches");

    private static final Set<Operator> NEGATIVE = EnumSet.of(NOT_EQUALS, NOT_EXISTS, NOT_IN, NOT_MATCHES);

    private final String symbol;
    private final String word;

    Operator(String symbol, String word) {
        this.symbol = symbol;
        this.word = word;
    }

    static Optional<Operator> of(String text) {
        return Arrays.stream(values())
                .filter(operator -> operator.symbol.equals(text) || operator.word.equals(text))
                .findFirst();
    }

    public String symbol() {
        return symbol;
    }

    public String word() {
        return word;
    }

    /** It takes no argument. */
    public boolean isUnary() {
        return this == EXISTS || this == NOT_EXISTS;
    }

    /** It takes an argument list. */
    public boolean takesList() {
        return this == IN || this == NOT_IN;
    }

    public boolean takesPattern() {
        return this == MATCHES || this == NOT_MATCHES;
    }

    public boolean isOrder() {
        return this == GREATER_THAN || this == GREATER_THAN_EQUAL || this == LESS_THAN || this == LESS_THAN_EQUAL;
    }

    /** It holds for what the positive one does not hold for, a missing value included. */
    boolean isNegative() {
        return NEGATIVE.contains(this);
    }

    /**
     * What holds exactly where this does not. Empty for an order: of a missing value neither {@code <} nor {@code >=} holds.
     */
    Optional<Operator> contrary() {
        return switch (this) {
            case EQUALS -> Optional.of(NOT_EQUALS);
            case NOT_EQUALS -> Optional.of(EQUALS);
            case EXISTS -> Optional.of(NOT_EXISTS);
            case NOT_EXISTS -> Optional.of(EXISTS);
            case IN -> Optional.of(NOT_IN);
            case NOT_IN -> Optional.of(IN);
            case MATCHES -> Optional.of(NOT_MATCHES);
            case NOT_MATCHES -> Optional.of(MATCHES);
            case GREATER_THAN, GREATER_THAN_EQUAL, LESS_THAN, LESS_THAN_EQUAL -> Optional.empty();
        };
    }

    /** What {@link #EQUALS} or an order says of a value that compares so with the argument. */
    boolean accepts(int comparison) {
        return switch (this) {
            case EQUALS -> comparison == 0;
            case GREATER_THAN -> comparison > 0;
            case GREATER_THAN_EQUAL -> comparison >= 0;
            case LESS_THAN -> comparison < 0;
            case LESS_THAN_EQUAL -> comparison <= 0;
            case NOT_EQUALS, EXISTS, NOT_EXISTS, IN, NOT_IN, MATCHES, NOT_MATCHES ->
                throw new IllegalStateException(this + " compares no sizes");
        };
    }
}
