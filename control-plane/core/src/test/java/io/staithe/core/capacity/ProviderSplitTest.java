package io.staithe.core.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.CapacityProviderStrategyItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderSplitTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "a:1:0, aaaa",
        "a:1:0 b:1:0, abab",
        "a:1:0 b:3:0, bbab bbab",
        "a:1:2 b:1:0, aa ab ab",
        "a:0:2 b:1:0, aa bbbb",
        "a:1:0 b:4:1, b bbbab bbbab",
        "a:2:0 b:1:0 c:1:0, a a b c a a b c",
        "a:0:2, aa-",
        "a:0:0, -",
    })
    void theNextTasksAreSplitByBaseThenByWeight(String strategy, String expected) {
        List<CapacityProviderStrategyItem> items = strategy(strategy);
        List<String> given = new ArrayList<>();
        String order = expected.replace(" ", "");
        for (int i = 0; i < order.length(); i++) {
            Optional<String> next = ProviderSplit.next(items, provider -> Collections.frequency(given, provider));
            next.ifPresent(given::add);
            assertEquals(order.charAt(i) == '-' ? Optional.empty() : Optional.of(order.substring(i, i + 1)), next);
        }
    }

    /** Whatever was given comes back in an order that keeps the shares all the way down. */
    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({
        "a:1:0 b:1:0, ab, b",
        "a:1:0 b:3:0, abbb, b",
        "a:1:0 b:3:0, aabbb, a",
        "a:0:1 b:1:0, aab, a",
        "a:1:1 b:1:0, ab, b",
        "a:1:1, a, -",
    })
    void theProviderThatIsMostAheadGivesUpATaskFirst(String strategy, String has, String expected) {
        List<String> given = Arrays.asList(has.split(""));
        assertEquals(
                expected.equals("-") ? Optional.empty() : Optional.of(expected),
                ProviderSplit.last(strategy(strategy), provider -> Collections.frequency(given, provider)));
    }

    private static List<CapacityProviderStrategyItem> strategy(String text) {
        return Arrays.stream(text.split(" "))
                .map(item -> item.split(":"))
                .map(item ->
                        new CapacityProviderStrategyItem(item[0], Integer.valueOf(item[1]), Integer.valueOf(item[2])))
                .collect(Collectors.toList());
    }
}
