package io.staithe.core.query;

import io.staithe.core.model.Invalid;
import java.util.ArrayList;
import java.util.List;

/** A place in the text of an expression, and the pieces that can be read from there. */
final class Cursor {
    private static final int MAX_FOUND_CHARS = 30;

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    /** Returns where the next piece starts, from 0. */
    int skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        return at;
    }

    boolean isAtEnd() {
        return skipSpace() == text.length();
    }

    boolean take(String symbol) {
        skipSpace();
        if (!text.startsWith(symbol, at)) return false;
        at += symbol.length();
        return true;
    }

    /** Takes {@code word} only where no longer name starts. */
    boolean takeWord(String word) {
        int start = skipSpace();
        if (name().equals(word)) return true;
        at = start;
        return false;
    }

    /** A subject's name or a word; empty when none starts here. */
    String name() {
        int start = skipSpace();
        while (at < text.length() && isInName(text.charAt(at))) at++;
        return text.substring(start, at);
    }

    /** A symbol, a word, or a word after an exclamation mark; whether it is an operator is for others to say. */
    String operator() {
        int start = skipSpace();
        if (at < text.length() && "=!<>".indexOf(text.charAt(at)) >= 0) {
            boolean isNegation = text.charAt(at++) == '!';
            if (isNegation && at < text.length() && isInName(text.charAt(at))) name();
            else if (at < text.length() && "=~".indexOf(text.charAt(at)) >= 0) at++;
        } else {
            name();
        }
        return text.substring(start, at);
    }

    /** One value, quoted or up to the next space, parenthesis or boolean symbol. Only a pattern starts with a bracket. */
    String value(boolean isPattern) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == '[' && !isPattern) throw expected("one value, and no list");
        if (isQuote()) return quoted();
        int start = at;
        while (at < text.length() && !endsValue()) at++;
        if (at < text.length() && text.charAt(at) == '(')
            throw expected(
                    isPattern ? "quotes around a pattern with parentheses" : "quotes around a value with parentheses");
        if (at == start) throw expected(isPattern ? "a pattern" : "a value");
        return text.substring(start, at);
    }

    /** {@code [a, b]}; spaces around values do not count. */
    List<String> list() {
        if (!take("[")) throw expected("[");
        List<String> values = new ArrayList<>();
        if (take("]")) return values;
        do values.add(listed());
        while (take(","));
        if (!take("]")) throw expected(", or ]");
        return values;
    }

    private String listed() {
        int start = skipSpace();
        if (isQuote()) return quoted();
        while (at < text.length() && ",]()[".indexOf(text.charAt(at)) < 0) at++;
        String value = text.substring(start, at).strip();
        if (value.isEmpty()) throw backTo(start).expected("a value");
        return value;
    }

    private boolean isQuote() {
        return at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"');
    }

    private String quoted() {
        int start = at;
        char quote = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        for (; at < text.length(); at++) {
            if (text.charAt(at) == quote) {
                at++;
                if (at == text.length() || text.charAt(at) != quote) return value.toString();
            }
            value.append(text.charAt(at));
        }
        throw at(start, "expected a closing " + quote + " after this one, found the end");
    }

    private boolean endsValue() {
        char next = text.charAt(at);
        return Character.isWhitespace(next)
                || next == '('
                || next == ')'
                || text.startsWith("&&", at)
                || text.startsWith("||", at);
    }

    private static boolean isInName(char next) {
        return (next >= 'a' && next <= 'z')
                || (next >= 'A' && next <= 'Z')
                || (next >= '0' && next <= '9')
                || "_:./\\-".indexOf(next) >= 0;
    }

    Cursor backTo(int start) {
        at = start;
        return this;
    }

    /** What to throw: {@code what} should be here. */
    Invalid expected(String what) {
        int start = skipSpace();
        int end = start;
        while (end < text.length() && end - start < MAX_FOUND_CHARS && !Character.isWhitespace(text.charAt(end))) end++;
        return at(
                start,
                "expected " + what + ", found "
                        + (start == text.length() ? "the end" : "'" + text.substring(start, end) + "'"));
    }

    /** @param start from 0; people count columns from 1 */
    static Invalid at(int start, String rule) {
        return new Invalid("expression", "at column " + (start + 1) + " " + rule);
    }
}
