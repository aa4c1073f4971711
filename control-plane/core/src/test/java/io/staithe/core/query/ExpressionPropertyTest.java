package io.staithe.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.Sample;
import io.staithe.core.model.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionPropertyTest {
    private static final List<String> PIECES = List.of(
            "agentConnected",
            "agentVersion",
            "attribute:disk",
            "ec2InstanceId",
            "registeredAt",
            "runningTasksCount",
            "task:group",
            "==",
            "!=",
            ">",
            "<=",
            "exists",
            "!exists",
            "in",
            "not_in",
            "=~",
            "!~",
            "&&",
            "||",
            "!",
            "and",
            "or",
            "not",
            "(",
            ")",
            "[",
            "]",
            ",",
            "'",
            "\"",
            " ",
            " ",
            " ",
            "true",
            "1",
            "1.2",
            "2018-06-18",
            "ssd",
            "(a+)+$",
            "\\",
            "{",
            "*",
            "\u00e9",
            "\ud83d",
            "\0");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsPrintedIsReadAsTheSame(long seed) {
        Sample sample = new Sample(seed);
        for (int i = 0; i < 20; i++) {
            Expression expression = expression(sample, 3);
            if (expression.toString().length() > Expression.MAX_CHARS) continue;
            assertEquals(expression, Expression.parse(expression.toString()));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theConjunctsSayTheSameAsTheWhole(long seed) {
        Sample sample = new Sample(seed);
        for (int i = 0; i < 20; i++) {
            Expression expression = expression(sample, 3);
            boolean all = expression.conjuncts().stream().allMatch(part -> part.holds(GivenFacts.HOST));
            assertEquals(expression.holds(GivenFacts.HOST), all, expression::toString);
            assertEquals(!all, expression.negated().holds(GivenFacts.HOST), expression::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyOtherTextIsInvalidAndNothingElse(long seed) {
        Sample sample = new Sample(seed);
        for (int i = 0; i < 100; i++) {
            parseOrInvalid(String.join(
                    "",
                    IntStream.range(0, sample.upTo(12))
                            .mapToObj(n -> sample.pick(PIECES))
                            .toList()));
            byte[] bytes = new byte[sample.upTo(60)];
            for (int at = 0; at < bytes.length; at++) bytes[at] = (byte) sample.upTo(256);
            parseOrInvalid(new String(bytes, StandardCharsets.ISO_8859_1));
            parseOrInvalid(broken(sample, expression(sample, 2).toString()));
        }
    }

    private static void parseOrInvalid(String text) {
        try {
            Expression.parse(text).judge(GivenFacts.HOST);
        } catch (Invalid invalid) {
            assertEquals("expression", invalid.field());
            if (text.length() <= Expression.MAX_CHARS)
                assertEquals("at column ", invalid.rule().substring(0, 10));
        }
    }

    private static String broken(Sample sample, String text) {
        int at = sample.upTo(text.length());
        return text.substring(0, at)
                + sample.pick(PIECES)
                + text.substring(Math.min(text.length(), at + sample.upTo(4)));
    }

    private static Expression expression(Sample sample, int depth) {
        if (depth == 0 || sample.chance(0.3)) return comparison(sample);
        if (sample.chance(0.3)) return new Expression.Not(expression(sample, depth - 1));
        List<Expression> parts = new ArrayList<>();
        for (int i = sample.between(2, 3); i > 0; i--) parts.add(expression(sample, depth - 1));
        return sample.chance(0.5) ? new Expression.And(parts) : new Expression.Or(parts);
    }

    private static Comparison comparison(Sample sample) {
        Subject.Kind kind = sample.pick(Subject.Kind.values());
        Subject subject = kind == Subject.Kind.ATTRIBUTE
                ? Subject.attribute(sample.pick("disk", "slots", "team", "x\\y/z_-.9"))
                : Subject.of(kind);
        Operator operator = sample.pick(kind.operators().stream().toList());
        List<String> arguments = new ArrayList<>();
        int size = operator.takesList() ? sample.upTo(4) : operator.isUnary() ? 0 : 1;
        while (arguments.size() < size) arguments.add(argument(sample, kind, operator));
        return Comparison.of(subject, operator, arguments);
    }

    private static String argument(Sample sample, Subject.Kind kind, Operator operator) {
        if (operator.takesPattern()) return sample.pick("s.*", "[a-z]+(:|-).*", "'", "\\d+ \"x\"", "true", "");
        return switch (kind) {
            case AGENT_CONNECTED -> sample.pick("true", "false");
            case AGENT_VERSION -> sample.pick("1.10", "1.9.3-rc1", "v2", "1.0+build");
            case REGISTERED_AT -> sample.pick("2018-06-18", "2018-06-18T22:28:28+02:00", "2020-02-29T00:00:00");
            case RUNNING_TASKS_COUNT -> String.valueOf(sample.upTo(5));
            case ATTRIBUTE, EC2_INSTANCE_ID, TASK_GROUP ->
                sample.pick(Arrays.asList(
                        "ssd", "9", "service:web", "data platform", "it's", "a\"b", "", "(x)", "[y]", sample.text()));
        };
    }
}
