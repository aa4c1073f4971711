package io.staithe.core.query;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.model.Invalid;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    private static final String[] PIECES = {
        "a", "b", "a*", "a?", "(", ")", "(?:", "(?=", "(?!", "|", "*", "+", "?", "{2}", "{0,3}", "^", "$", "\\b", ".",
        ".*", "[ab]", "[^a]", "(|)", "(a|)", "\\1", "\\Qa\\E", "[]a]", "[a[b]]", "\\x41", "{30}", "\\p{L}", "(?i)", "]",
        "[", "\\k<n>", "(?<n>"
    };

    private static boolean matches(String pattern, String value) {
        return Regex.of(pattern).matchesAny(Stream.of(value));
    }

    @Test
    void theReadsOfAllValuesAreCountedTogether() {
        Regex regex = Regex.of("a*b");
        int values = Regex.MAX_READS / 100;
        assertTrue(!regex.matchesAny(Stream.generate(() -> "a".repeat(40)).limit(values / 2)));
        assertThrows(
                Regex.GaveUp.class,
                () -> regex.matchesAny(Stream.generate(() -> "a".repeat(128)).limit(values)));
        assertTrue(regex.matchesAny(Stream.of("x", "aab")), "what gave up before starts anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(.*a){12}", "(a*a*)+b", "(?=(.*a){12}).*", "(a|aa)+\\1b", "a*a*a*a*a*a*b"})
    void aPatternThatBacktracksWithoutEndGivesUp(String pattern) {
        Regex regex = Regex.of(pattern);
        String value = "a".repeat(127) + "!";
        assertThrows(Regex.GaveUp.class, () -> regex.matchesAny(Stream.of(value)));
    }

    /** Newer engines remember where some of these failed before, older ones do not: they end in either case. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|a)*", "(a|aa)+", "(a*)*b", "(?=(a+)+$).*"})
    void theKnownCatastrophesMatchNothing(String pattern) {
        try {
            assertEquals(false, matches(pattern, "a".repeat(127) + "!"));
        } catch (Regex.GaveUp gaveUp) {
            assertEquals("the pattern takes too long", gaveUp.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(|){40}x",
                "(a*|b*){30}z",
                "((((){1000}){1000}){1000}){1000}",
                "^{1000000000}",
                "(?:){1000000000}",
                "(a)?\\1{1000000000}",
                "(?<n>a?)\\k<n>{1000000000}",
                "(?=){1000000000}",
                "((^)?(^)?(^)?(^)?(^)?(^)?(^)?)x",
                "(?x)( | )a",
                "(?i-x:a)",
            })
    void aPatternThatCanRunOnWithoutReadingIsRefused(String pattern) {
        assertDoesNotThrow(() -> Pattern.compile(pattern));
        assertThrows(Invalid.class, () -> Regex.of(pattern));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(t2|t3|m5|c5)\\.(nano|small|medium|large|[0-9]*xlarge)",
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "(([0-9]{1,3})\\.){3}[0-9]{1,3}",
                "(?i)us-(east|west)-[12][a-f]",
                "^(a|b)?(c|d)?(e|f)?$",
                "(.*,)?ssd(,.*)?",
                "(?!g4).*",
                "\\p{Lower}+[\\w&&[^_]]*\\Q.*\\E",
                "([a-z]+(-[a-z0-9]+)*){1,3}",
            })
    void whatPeopleWriteIsTaken(String pattern) {
        assertDoesNotThrow(() -> Regex.of(pattern));
    }

    @Test
    void aPatternThatGoesTooDeepGivesUpOrIsRefused() {
        assertThrows(Invalid.class, () -> Regex.of("(".repeat(900) + ")".repeat(900)));
        Regex deep = Regex.of("(" + "(?:^?a?)".repeat(3) + "a|b)*c");
        try {
            assertEquals(false, deep.matchesAny(Stream.of("a".repeat(127) + "d")));
        } catch (Regex.GaveUp gaveUp) {
            assertEquals("the pattern takes too long", gaveUp.getMessage());
        }
    }

    /** Nothing that is accepted stalls, and what is answered is what the engine answers. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void randomPatternsEndAndMatchAsInJava(long seed) {
        Sample sample = new Sample(seed);
        int answered = 0;
        for (int i = 0; i < 20_000; i++) {
            String pattern = String.join(
                    "",
                    IntStream.range(0, sample.between(1, 9))
                            .mapToObj(n -> sample.pick(PIECES))
                            .toList());
            String value = "aab!".substring(0, sample.upTo(5)).repeat(sample.between(1, 3));
            try {
                boolean matches = matches(pattern, value);
                assertEquals(Pattern.matches(pattern, value), matches, pattern + " on " + value);
                answered++;
            } catch (Invalid | Regex.GaveUp refused) {
                if (isPattern(pattern)) continue;
                assertThrows(PatternSyntaxException.class, () -> Pattern.compile(pattern));
            }
        }
        assertTrue(answered > 2_000, answered + " answered");
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException wrong) {
            return false;
        }
    }
}
