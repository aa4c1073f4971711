package io.staithe.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.model.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static boolean holds(String text) {
        return Expression.parse(text).holds(GivenFacts.HOST);
    }

    private static List<String> conjuncts(String text) {
        return Expression.parse(text).conjuncts().stream()
                .map(Expression::toString)
                .toList();
    }

    /** T holds and F does not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "T or F and F;                  true",
                "(T or F) and F;                false",
                "F and F or T;                  true",
                "not F or T;                    true",
                "not(F or T);                   false",
                "not T and F or T;              true",
                "not (T and F);                 true",
                "not F and F;                   false",
                "! F && T || F;                 true",
                "!T||F;                         false",
                "!(T&&F);                       true",
                "!!T;                           true",
                "not not not T;                 false",
                "((((T))));                     true",
                "(T)and(not(F));                true",
                "T and T and T and F;           false",
                "F or F or F or T;              true",
            })
    void notBindsCloserThanAndAndAndCloserThanOr(String text, boolean expected) {
        assertEquals(expected, holds(text.replace("T", "attribute:disk == ssd").replace("F", "attribute:disk == hdd")));
        assertEquals(expected, holds(text.replace("T", "attribute:disk exists").replace("F", "attribute:x exists")));
    }

    /** From the documentation, and as people write them. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "attribute:ecs.instance-type == t2.small;                                                              true",
                "attribute:ecs.instance-type =~ t2.*;                                                                  true",
                "attribute:ecs.instance-type =~ [tm]2.*|c5.*;                                                          true",
                "attribute:ecs.availability-zone in [us-east-1a, us-east-1b];                                          false",
                "attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d;                 false",
                "task:group == service:production;                                                                     false",
                "not(task:group == database);                                                                          true",
                "runningTasksCount == 1;                                                                               false",
                "agentVersion < 1.14.5;                                                                                true",
                "registeredAt < 2018-02-13;                                                                            false",
                "agentConnected==true;                                                                                 true",
                "ec2InstanceId==i-abcd1234 and agentConnected==true;                                                   true",
                "ec2InstanceId in ['i-abcd1234'] and agentConnected==true;                                         true",
            })
    void whatIsWrittenForEcsIsUnderstood(String text, boolean expected) {
        assertEquals(expected, holds(text));
    }

    @Test
    void quotedArgumentsHoldAnything() {
        Comparison quoted = (Comparison) Expression.parse("attribute:disk in ['it''s', \"a, (b) && \"\"c\"\"\", d]");
        assertEquals(List.of("it's", "a, (b) && \"c\"", "d"), quoted.arguments());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``;                                    1;  one of agentConnected, agentVersion, attribute:NAME",
                "`   `;                                 4;  one of agentConnected",
                "disk == ssd;                           1;  one of agentConnected",
                "AgentConnected == true;                1;  one of agentConnected",
                "attribute: == ssd;                     1;  one of agentConnected",
                "attribute:a:b == ssd;                  1;  one of agentConnected",
                "attribute:disk;                        15; an operator of attribute:NAME (==, !=, >, >=,",
                "attribute:disk = ssd;                  16; an operator of attribute:NAME",
                "attribute:disk ~ ssd;                  16; an operator of attribute:NAME",
                "attribute:disk EXISTS;                 16; an operator of attribute:NAME",
                "attribute:disk !existsx;               16; an operator of attribute:NAME",
                "attribute:disk ==;                     18; a value, found the end",
                "attribute:disk == (ssd);               19; quotes around a value with parentheses",
                "attribute:disk =~ (s|h).*;             19; quotes around a pattern with parentheses",
                "attribute:disk == [ssd];               19; one value, and no list",
                "attribute:disk == data platform;       24; and, or, or the end (a value with spaces needs quotes), found 'platform'",
                "attribute:disk == 'ssd;                19; a closing ' after this one",
                "attribute:disk in ssd;                 19; [, found 'ssd'",
                "attribute:disk in [ssd;                23; , or ], found the end",
                "attribute:disk in [ssd,];              24; a value, found ']'",
                "attribute:disk in [ssd] x;             25; and, or, or the end",
                "attribute:disk exists AND attribute:x exists; 23; and, or, or the end",
                "attribute:disk == ssd and;             26; one of agentConnected",
                "and attribute:disk == ssd;             1;  one of agentConnected",
                "(attribute:disk == ssd;                23; and, or, or ), found the end",
                "attribute:disk == ssd);                22; and, or, or the end",
                "();                                    2;  one of agentConnected",
                "attribute:disk == ssd and not;         30; one of agentConnected",
                "agentConnected == yes;                 19; true or false, found 'yes'",
                "agentConnected in [true, 1];           19; true or false, found '1'",
                "agentVersion > new;                    16; a version such as 1.14.5, found 'new'",
                "registeredAt > 2018-13-01;             16; a date such as 2018-06-18",
                "registeredAt > 2018-02-29;             16; a date such as 2018-06-18",
                "registeredAt > 18-02-01;               16; a date such as 2018-06-18",
                "registeredAt == 2018-06-18T22:28;      17; a date such as 2018-06-18",
                "runningTasksCount > -1;                21; a whole number of at most 9 digits, found '-1'",
                "runningTasksCount > 1234567890;        21; a whole number of at most 9 digits",
                "attribute:disk =~ s{2;                 19; a pattern; 's{2' is none: Unclosed counted closure at its character",
                "attribute:disk =~ *;                   19; a pattern; '*' is none: Dangling meta character",
                "attribute:a exists or attribute:disk !~ '(';  41; a pattern; '(' is none: Unclosed group",
            })
    void aMistakeIsShownByItsColumn(String text, int column, String expected) {
        String[] split = (text + ";" + column + ";" + expected).split(";", 3);
        Invalid refused = assertThrows(Invalid.class, () -> Expression.parse(split[0]));
        assertEquals("expression", refused.field());
        String rule = "at column " + column + " expected " + expected;
        assertEquals(
                rule,
                refused.rule()
                        .substring(0, Math.min(rule.length(), refused.rule().length())));
    }

    @Test
    void depthAndLengthAreBounded() {
        assertRefused("at column 51 expected at most 50", "(".repeat(1_990));
        assertRefused("at column 51 expected at most 50", "!".repeat(2_000));
        assertRefused("must be at most 2000 characters", " ".repeat(2_001));
        String deepest = "(".repeat(50) + "attribute:disk exists" + ")".repeat(50);
        assertEquals(true, holds(deepest + " and " + deepest));
        String longest = "!agentConnected==false" + "||agentVersion<1".repeat(123);
        assertEquals(true, longest.length() > 1_980 && holds(longest));
    }

    private static void assertRefused(String start, String text) {
        Invalid refused = assertThrows(Invalid.class, () -> Expression.parse(text));
        assertEquals(start, refused.rule().substring(0, start.length()));
    }

    @Test
    void conjunctsAreTheSmallestPartsThatMustAllHold() {
        assertEquals(List.of("attribute:a exists"), conjuncts("attribute:a exists"));
        assertEquals(
                List.of(
                        "attribute:a == 1",
                        "task:group != database",
                        "runningTasksCount < 3",
                        "agentConnected == true"),
                conjuncts("attribute:a == 1 and (not(task:group == database) and runningTasksCount < 3)"
                        + " and agentConnected == true"));
        assertEquals(
                List.of("task:group != a", "task:group == b", "attribute:x !exists"),
                conjuncts("not(task:group == a or (task:group != b or attribute:x exists))"));
        assertEquals(
                List.of("attribute:a in [1]", "attribute:b =~ 2"),
                conjuncts("not not (not attribute:a !in [1] and" + " attribute:b =~ 2)"));
        assertEquals(List.of("not attribute:a < 1"), conjuncts("not attribute:a < 1"), "both fail without a value");
        assertEquals(
                List.of("attribute:a == 1 or attribute:a == 2"), conjuncts("attribute:a == 1 or attribute:a == 2"));
        assertEquals(
                List.of("not (attribute:a == 1 and attribute:b == 2)"),
                conjuncts("not (attribute:a == 1 and attribute:b == 2)"));
    }

    @Test
    void tellsWhatItAsksAbout() {
        Expression expression =
                Expression.parse("not attribute:disk == ssd or (task:group in [a] and attribute:rack exists)");
        assertEquals(
                List.of("attribute:disk", "task:group", "attribute:rack"),
                expression.comparisons().map(c -> c.subject().toString()).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attribute:disk =~ '(.*a){12}'",
                "attribute:disk !~ '(.*a){12}'",
                "not attribute:disk =~ '(.*a){12}'",
                "not (attribute:disk =~ '(.*a){12}' or attribute:disk == x)",
                "attribute:disk =~ '(.*a){12}' or attribute:disk exists",
            })
    void aPatternThatTakesTooLongSelectsNothingAndIsTold(String text) {
        Expression expression = Expression.parse(text);
        GivenFacts host = GivenFacts.HOST.withDisk("a".repeat(127) + "!");
        assertEquals(
                "(.*a){12}",
                ((Verdict.TooCostly) expression.judge(host))
                        .comparison()
                        .arguments()
                        .get(0));
        assertFalse(expression.holds(host));
        assertFalse(expression.negated().holds(host));
        assertFalse(expression.conjuncts().stream().allMatch(part -> part.holds(host)));
    }

    @Test
    void nothingIsReadAfterTheAnswerIsKnown() {
        GivenFacts host = GivenFacts.HOST.withDisk("a".repeat(127) + "!");
        assertEquals(
                Verdict.FAILS,
                Expression.parse("attribute:x exists and attribute:disk =~ '(.*a){12}'")
                        .judge(host));
        assertEquals(
                Verdict.HOLDS,
                Expression.parse("attribute:disk exists or attribute:disk =~ '(.*a){12}'")
                        .judge(host));
    }
}
