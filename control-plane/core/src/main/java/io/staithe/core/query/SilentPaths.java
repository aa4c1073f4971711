package io.staithe.core.query;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many ways there are through a pattern on which it reads nothing: {@code (|)} has two, and forty of them in a row about
 * 10^12, which no count of reads would notice. The figure is an upper bound; patterns that people write have a handful.
 *
 * <p>It takes a text that {@link java.util.regex.Pattern} has accepted. Where it does not know better it takes an element
 * for silent, or for outside of a character class, which makes the figure larger and never smaller.
 */
final class SilentPaths {
    static final int MAX = 100;
    private static final int MAX_NESTED_GROUPS = 100;

    /** A group that is open: the branches that are behind, and the one that is being read. */
    private static final class Group {
        private final boolean isLookaround;
        private boolean anyBranchIsSilent;
        private double pathsOfBranches;
        private boolean isSilent = true;
        private double paths = 1;

        Group(boolean isLookaround) {
            this.isLookaround = isLookaround;
        }

        void endBranch() {
            if (isSilent || paths > 1) pathsOfBranches += paths;
            anyBranchIsSilent |= isSilent;
            isSilent = true;
            paths = 1;
        }

        void add(boolean silent, double pathsOfElement) {
            isSilent &= silent;
            paths *= pathsOfElement;
        }
    }

    private final String pattern;
    private final Deque<Group> open = new ArrayDeque<>();
    private int at;

    private SilentPaths(String pattern) {
        this.pattern = pattern;
    }

    /** @throws io.staithe.core.model.Invalid when there are more than {@link #MAX} */
    static void check(String pattern) {
        if (new SilentPaths(pattern).count() > MAX)
            throw Regex.invalid("expected a pattern with fewer repeated or alternative parts that may be empty");
    }

    private double count() {
        open.push(new Group(false));
        while (at < pattern.length()) element();
        while (open.size() > 1) close();
        Group whole = open.getFirst();
        whole.endBranch();
        return whole.pathsOfBranches;
    }

    private void element() {
        int point = pattern.codePointAt(at);
        at += Character.charCount(point);
        switch (point) {
            case '(' -> open();
            case ')' -> close();
            case '|' -> open.getFirst().endBranch();
            case '\\' -> quantified(escapeIsSilent(), 1);
            case '[' -> {
                skipClass();
                quantified(false, 1);
            }
            case '^', '$' -> quantified(true, 1);
            case '*', '+', '?', '{' -> {
                at--; // a quantifier of nothing
                quantified(true, 1);
            }
            default -> quantified(false, 1);
        }
    }

    private void open() {
        if (open.size() > MAX_NESTED_GROUPS) throw Regex.invalid("expected a pattern that is less deeply nested");
        if (!skip("?")) {
            open.push(new Group(false));
        } else if (skip("=") || skip("!") || skip("<=") || skip("<!")) {
            open.push(new Group(true));
        } else if (skip("<")) {
            skipPast('>');
            open.push(new Group(false));
        } else {
            flags();
        }
    }

    /** {@code (?i)} is nothing, and {@code (?i:…)}, {@code (?:…)} and {@code (?>…)} are groups. */
    private void flags() {
        int end = at;
        while (end < pattern.length() && ":>)".indexOf(pattern.charAt(end)) < 0) end++;
        if (end == pattern.length()) throw Regex.invalid("expected a pattern whose groups are closed");
        if (pattern.substring(at, end).indexOf('x') >= 0)
            throw Regex.invalid("expected a pattern without the flag x, which allows comments");
        boolean isGroup = pattern.charAt(end) != ')';
        at = end + 1;
        if (isGroup) open.push(new Group(false));
        else quantified(true, 1);
    }

    private void close() {
        if (open.size() == 1) return;
        Group closed = open.pop();
        closed.endBranch();
        quantified(closed.isLookaround || closed.anyBranchIsSilent, Math.max(1, closed.pathsOfBranches));
    }

    /**
     * Adds an element together with the quantifier that follows it. An empty turn ends the loop, so only the least number of
     * turns counts; an element that reads can at most start twice before it has to read again.
     */
    private void quantified(boolean silent, double paths) {
        double leastTurns = quantifier();
        Group group = open.getFirst();
        if (leastTurns < 0) group.add(silent, paths);
        else if (silent) group.add(true, Math.pow(paths, Math.max(1, leastTurns)) * Math.max(2, leastTurns));
        else group.add(leastTurns == 0, paths * paths);
    }

    /** The least number of turns; -1: there is no quantifier. */
    private double quantifier() {
        double least = -1;
        if (skip("?") || skip("*")) least = 0;
        else if (skip("+")) least = 1;
        else if (skip("{")) {
            int from = at;
            while (at < pattern.length() && Character.isDigit(pattern.charAt(at))) at++;
            least = at == from ? 0 : Double.parseDouble(pattern.substring(from, at));
            skipPast('}');
        }
        if (least >= 0 && !skip("?")) skip("+");
        return least;
    }

    private boolean escapeIsSilent() {
        int point = pattern.codePointAt(at);
        at += Character.charCount(point);
        switch (point) {
            case 'Q' -> {
                int end = pattern.indexOf("\\E", at);
                boolean isEmpty = end == at;
                at = end < 0 ? pattern.length() : end + 2;
                return isEmpty || at == pattern.length();
            }
            case 'k' -> skipPast('>');
            case 'b' -> skip("{g}");
            case 'p', 'P', 'N' -> {
                if (skip("{")) skipPast('}');
                else at++;
                return false;
            }
            case 'x' -> {
                if (skip("{")) skipPast('}');
                else at += 2;
                return false;
            }
            case 'c' -> {
                at++;
                return false;
            }
            case 'u' -> at += 4; // perhaps half of a pair, so that a quantifier would mean both
            default -> {
                while (Character.isDigit(point) && at < pattern.length() && Character.isDigit(pattern.charAt(at))) at++;
                return "BAzZGE".indexOf(point) >= 0 || Character.isDigit(point);
            }
        }
        return true;
    }

    private void skipClass() {
        for (int depth = 1; depth > 0 && at < pattern.length(); ) {
            char next = pattern.charAt(at++);
            if (next == '\\') escapeIsSilent();
            else if (next == '[') depth++;
            else if (next == ']') depth--;
        }
    }

    private boolean skip(String text) {
        if (!pattern.startsWith(text, at)) return false;
        at += text.length();
        return true;
    }

    private void skipPast(char end) {
        int found = pattern.indexOf(end, at);
        at = found < 0 ? pattern.length() : found + 1;
    }
}
