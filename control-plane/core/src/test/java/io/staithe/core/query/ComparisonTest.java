package io.staithe.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator of every subject, as a symbol and as a word. */
class ComparisonTest {
    /** Subject, operator, an argument with which it holds and one with which it does not; ~ for none. */
    private static final String TABLE = """
            agentConnected          | == | true                       | false
            agentConnected          | != | false                      | true
            agentConnected          | in | [false, true]              | [false]
            agentConnected          | !in| [false]                    | [true]
            agentConnected          | =~ | t.*                        | f.*
            agentConnected          | !~ | f.*                        | t.*
            agentVersion            | == | 1.10                       | 1.1
            agentVersion            | != | 1.9                        | v1.10.0
            agentVersion            | >  | 1.9                        | 1.10
            agentVersion            | >= | 1.10.0                     | 1.10.1
            agentVersion            | <  | 1.11                       | 1.9.9
            agentVersion            | <= | 1.10                       | 1.10.0-rc1
            attribute:disk          | == | ssd                        | SSD
            attribute:disk          | != | hdd                        | ssd
            attribute:slots         | >  | 8.5                        | 9.0
            attribute:slots         | >= | 09                         | 10
            attribute:slots         | <  | 10                         | -10
            attribute:slots         | <= | 9.00                       | 8
            attribute:disk          | >  | hdd                        | sse
            attribute:disk          | <= | ssd                        | 9
            attribute:disk          | in | [hdd,ssd]                  | []
            attribute:disk          | !in| [hdd , nvme]               | [ hdd, ssd ]
            attribute:disk          | =~ | s+d                        | s
            attribute:disk          | !~ | ss                         | [a-z]*
            attribute:rack          | != | 1                          | ~
            attribute:rack          | !in| [1]                        | ~
            attribute:rack          | !~ | .*                         | ~
            attribute:gpu           | exists  |                       | ~
            attribute:rack          | !exists |                       | ~
            attribute:rack          | ==      | ~                     | 1
            attribute:rack          | ==      | ~                     | ''
            attribute:rack          | in      | ~                     | [1]
            attribute:rack          | <       | ~                     | 1
            attribute:rack          | >=      | ~                     | 1
            attribute:rack          | =~      | ~                     | .*
            attribute:rack          | exists  | ~                     |
            attribute:gpu           | !exists | ~                     |
            attribute:gpu           | ==      | ''                    | x
            attribute:team          | == | 'data platform'            | data
            attribute:team          | in | [web, data platform]       | [data, platform]
            ec2InstanceId           | == | i-abcd1234                 | i-wxyz7890
            ec2InstanceId           | != | i-wxyz7890                 | 'i-abcd1234'
            ec2InstanceId           | in | ['i-abcd1234', 'i-wxyx7890'] | ["i-abcd"]
            ec2InstanceId           | !in| [a]                        | [i-abcd1234]
            ec2InstanceId           | =~ | i-.*                       | abcd
            ec2InstanceId           | !~ | j.*                        | '(i|j)-.*'
            registeredAt            | == | 2018-06-18                 | 2018-06-17
            registeredAt            | == | 2018-06-18T22:28:28        | 2018-06-18T22:28:29
            registeredAt            | != | 2018-06-18T22:28:29Z       | 2018-06-18T22:28:28Z
            registeredAt            | >  | 2018-06-17                 | 2018-06-18
            registeredAt            | >= | 2018-06-18                 | 2018-06-19
            registeredAt            | <  | 2018-06-19                 | 2018-06-18
            registeredAt            | <= | 2018-06-18T22:28:28+00:00  | 2018-06-18T22:28:28+01:00
            runningTasksCount       | == | 3                          | 2
            runningTasksCount       | != | 2                          | 3
            runningTasksCount       | >  | 2                          | 3
            runningTasksCount       | >= | 3                          | 4
            runningTasksCount       | <  | 10                         | 3
            runningTasksCount       | <= | 3                          | 2
            task:group              | == | service:web                | service:w
            task:group              | != | service:api                | service:web
            task:group              | in | [service:api, family:job]  | [service:api]
            task:group              | !in| [service:api]              | [family:job, service:api]
            task:group              | =~ | service:.*                 | service
            task:group              | !~ | service                    | family:.*
            task:group              | exists  |                       | ~
            task:group              | !exists | ~                     |
            """;

    static Stream<List<String>> table() {
        return TABLE.lines()
                .map(line -> Stream.of(line.split("\\|", 4)).map(String::strip).toList());
    }

    @ParameterizedTest
    @MethodSource("table")
    void holdsWithOneArgumentAndNotWithTheOther(List<String> row) {
        Operator operator = Operator.of(row.get(1)).orElseThrow();
        for (String written : List.of(operator.symbol(), operator.word()))
            for (int column : List.of(2, 3)) {
                if (row.get(column).equals("~")) continue;
                String text = row.get(0) + " " + written + " " + row.get(column);
                Expression expression = Expression.parse(text);
                assertEquals(column == 2, expression.holds(GivenFacts.HOST), text);
                assertEquals(expression, Expression.parse("  " + text + "\t\n"), text);
                assertEquals(column == 2, !new Expression.Not(expression).holds(GivenFacts.HOST), text);
                assertEquals(column == 2, !expression.negated().holds(GivenFacts.HOST), text);
            }
    }

    @Test
    void theTableKnowsEveryOperatorOfEverySubject() {
        List<String> known = table().map(row -> row.get(0).replaceAll("attribute:.*", "attribute:NAME") + row.get(1))
                .toList();
        for (Subject.Kind kind : Subject.Kind.values())
            for (Operator operator : Operator.values()) {
                boolean isTaken = kind.operators().contains(operator);
                assertEquals(isTaken, known.contains(kind.title() + operator.symbol()), kind + " " + operator);
            }
    }

    @Test
    void anOperatorThatASubjectDoesNotTakeIsRefused() {
        List<String> refused = new ArrayList<>();
        for (Subject.Kind kind : Subject.Kind.values())
            for (Operator operator : Operator.values())
                if (!kind.operators().contains(operator)) {
                    String text = kind.title() + " " + operator.word() + (operator.takesList() ? " [1]" : " 1");
                    Invalid invalid = assertThrows(Invalid.class, () -> Expression.parse(text));
                    assertTrue(
                            invalid.rule()
                                    .startsWith("at column " + (kind.title().length() + 2) + " expected an operator of "
                                            + kind.title() + " ("),
                            invalid.rule());
                    refused.add(text);
                }
        assertEquals(6 + 6 * 3 + 6 + 4, refused.size());
    }

    @ParameterizedTest
    @CsvSource({
        "1.14.5,  1.14.5,  0",
        "1.14.5,  1.14,    1",
        "1.14,    1.14.0.0, 0",
        "1.9,     1.10,    -1",
        "2,       1.99,    1",
        "1.0-rc1, 1.0,     -1",
        "1.0-rc1, 1.0-rc2, -1",
        "1.0+b7,  v1.0,    0",
    })
    void versionsAreComparedPartByPart(String version, String other, int expected) {
        AgentVersion left = AgentVersion.of(version).orElseThrow();
        AgentVersion right = AgentVersion.of(other).orElseThrow();
        assertEquals(expected, Integer.signum(left.compareTo(right)));
        assertEquals(-expected, Integer.signum(right.compareTo(left)));
    }

    @Test
    void aHostWhoseVersionIsNoneIsOnlyUnequal() {
        GivenFacts host = GivenFacts.HOST.withVersion("development");
        assertEquals(
                List.of(false, true, false, false),
                Stream.of("== 1.0", "!= 1.0", "< 1.0", ">= 1.0")
                        .map(rest -> Expression.parse("agentVersion " + rest).holds(host))
                        .toList());
    }
}
