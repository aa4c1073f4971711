package io.staithe.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    @ParameterizedTest
    @CsvSource({"0,0s", "119,119s", "120,2m", "7199,119m", "7200,2h", "172799,47h", "172800,2d", "-5,0s"})
    void ageInItsLargestUnit(long secondsAgo, String age) {
        assertEquals(age, Times.age(JSON.numberNode(NOW.getEpochSecond() - secondsAgo), NOW));
    }

    @Test
    void bothFormsOfTheApi() {
        assertEquals(Instant.parse("2026-01-02T03:04:05.678Z"), Times.of(JSON.numberNode(1767323045.678)));
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), Times.of(JSON.textNode("2026-01-02T03:04:05Z")));
        assertEquals("", Times.age(JSON.textNode("soon"), NOW));
        assertEquals("", Times.clock(JSON.missingNode(), NOW));
    }
}
