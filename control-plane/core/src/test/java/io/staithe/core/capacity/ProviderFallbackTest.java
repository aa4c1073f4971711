package io.staithe.core.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.CapacityProviderStrategyItem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderFallbackTest {
    @ParameterizedTest(name = "{0}, no hosts of {1}, nor of {2}: {3}")
    @CsvSource({
        "a b c, a, , b",
        "a b c, a, b, c",
        "a b c, b, , c",
        "a b c, c, ,",
        "a b c, a, b c,",
        "a, a, ,",
        "FARGATE_SPOT, FARGATE_SPOT, , FARGATE",
        "FARGATE_SPOT FARGATE, FARGATE_SPOT, , FARGATE",
        "FARGATE_SPOT, FARGATE_SPOT, FARGATE,",
        "FARGATE FARGATE_SPOT, FARGATE_SPOT, ,",
        "FARGATE_SPOT, FARGATE, ,",
    })
    void isTheNextThatHasHosts(String strategy, String provider, @Nullable String without, @Nullable String expected) {
        List<CapacityProviderStrategyItem> items = Arrays.stream(strategy.split(" "))
                .map(name -> new CapacityProviderStrategyItem(name, 1, 0))
                .toList();
        List<String> hindered = without == null ? List.of() : List.of(without.split(" "));
        assertEquals(
                Optional.ofNullable(expected),
                ProviderFallback.next(items, provider, name -> !hindered.contains(name)));
    }
}
