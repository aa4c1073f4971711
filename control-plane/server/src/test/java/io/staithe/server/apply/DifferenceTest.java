package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DifferenceTest {
    @Test
    void fieldsThatComeOrGoAreNamedOneByOne() {
        Map<String, Object> check = Map.of("check", Map.of("path", "/"));
        assertEquals(List.of(new Difference("check.path", null, "/")), Difference.between(Map.of(), check, Set.of()));
        assertEquals(List.of(new Difference("check.path", "/", null)), Difference.between(check, Map.of(), Set.of()));
    }

    @Test
    void listsOfOneLengthAreComparedInsideAndOthersAsAWhole() {
        Map<String, Object> two = Map.of("ports", List.of(Map.of("port", 80), Map.of("port", 81)));
        Map<String, Object> other = Map.of("ports", List.of(Map.of("port", 80), Map.of("port", 82)));
        Map<String, Object> one = Map.of("ports", List.of(Map.of("port", 80)));
        assertEquals(List.of(new Difference("ports[1].port", 81, 82)), Difference.between(two, other, Set.of()));
        assertEquals(
                List.of(new Difference("ports", two.get("ports"), one.get("ports"))),
                Difference.between(two, one, Set.of()));
    }

    @Test
    void whatIsIgnoredIsNoDifference() {
        assertEquals(List.of(), Difference.between(Map.of("status", "A"), Map.of("status", "B"), Set.of("status")));
    }
}
