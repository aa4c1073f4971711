package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.PlacementReport.RuledOut;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClosestMatchTest {
    private static PlacementReport waits(RuledOut... ruledOut) {
        return new PlacementReport("no host fits: ...", 3, List.of(ruledOut), List.of());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "RESOURCE:CPU, has insufficient CPU units available",
                "RESOURCE:MEMORY, has insufficient memory available",
                "RESOURCE:PORTS, is already using a port required by your task",
                "ATTRIBUTE, is missing an attribute required by your task",
                "MemberOf, encountered error \"MemberOf placement constraint unsatisfied.\"",
                "AGENT, encountered error \"AGENT\"",
                "RESOURCE:GPU, encountered error \"RESOURCE:GPU\"",
            })
    void saysInEcssWordsWhatTheClosestHostLacks(String code, String words) {
        assertEquals(
                "The closest matching (container-instance h1) " + words + ". In full: no host fits: ....",
                ClosestMatch.of(waits(new RuledOut(code, 1, "h1", "..."))));
    }

    @Test
    void whatKeepsOutMostHostsThatAreAliveIsTold() {
        assertEquals(
                "The closest matching (container-instance h2) has insufficient memory available."
                        + " In full: no host fits: ....",
                ClosestMatch.of(waits(
                        new RuledOut("INACTIVE", 9, "gone", "is draining"),
                        new RuledOut("RESOURCE:CPU", 1, "h1", "..."),
                        new RuledOut("RESOURCE:MEMORY", 2, "h2", "..."))));
    }

    @Test
    void withoutAHostThatTakesTasksNoneIsNamed() {
        String none = "Reason: No Container Instances were found in your cluster.";
        assertEquals(none, ClosestMatch.of(waits()));
        assertEquals(none, ClosestMatch.of(waits(new RuledOut("INACTIVE", 1, "h1", "is lost"))));
    }
}
