package io.staithe.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences that scenarios are written in, and what each means. */
final class Language {
    private record Sentence(Pattern form, Consumer<Matcher> meaning) {}

    private final List<Sentence> sentences = new ArrayList<>();

    void say(String form, Consumer<Matcher> meaning) {
        sentences.add(new Sentence(Pattern.compile(form), meaning));
    }

    /** @throws Violation when nobody has said what it means, or what it says is not true */
    void hear(String line) {
        for (Sentence sentence : sentences) {
            Matcher matcher = sentence.form().matcher(line);
            if (!matcher.matches()) continue;
            sentence.meaning().accept(matcher);
            return;
        }
        throw new Violation("scenario", "these words are not known");
    }

    static void mustBe(Object expected, Object actual, Matcher sentence) {
        if (!expected.equals(actual)) throw new Violation(sentence.group(), "it is " + actual);
    }

    static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
