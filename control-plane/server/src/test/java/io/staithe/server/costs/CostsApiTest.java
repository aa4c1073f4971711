package io.staithe.server.costs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.model.UsageRecord.Subject;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.EcsFixture;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostsApiTest {
    private static final Instant NOW = EcsFixture.NOW;

    private final EcsFixture ecs = new EcsFixture();
    private final List<UsageRecord> database = new ArrayList<>();
    private boolean away;
    private final CostsApi api = new CostsApi(
            ecs.commits,
            (window, cluster, by, before, limit) -> away ? Optional.empty() : Optional.of(List.copyOf(database)));

    @Test
    void countsWhatHasEndedOnceWhereverItIs() {
        database.add(record(1, -7200, -3600));
        UsageRecord onItsWay = record(2, -600, -5);
        ecs.put(onItsWay);
        database.add(onItsWay);
        Map<String, Object> answer = api.costs(Map.of(), NOW);
        assertEquals(2L, total(answer).get("tasks"));
        assertEquals(3600 + 595L, total(answer).get("taskSeconds"));
        assertEquals(new BigDecimal("0.000014"), total(answer).get("cost"));
        assertEquals(new BigDecimal("1048.75"), total(answer).get("vcpuSeconds"));
        assertEquals(List.of(), answer.get("notes"));
    }

    @Test
    void saysWhatIsKnownAsASumOnly() {
        ecs.put(record(1, -7200, -3600).asSum().and(record(2, -600, -5)));
        Map<String, Object> answer = api.costs(Map.of("by", "task"), NOW);
        assertEquals(2L, total(answer).get("tasks"));
        String note = String.valueOf(answer.get("notes"));
        assertTrue(note.startsWith("[2 tasks of cluster default that ended between "), note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by|pod|by: must be cluster, service, capacityProvider, task or host",
                "since|yesterday|since: must be a time such as 90s, 5m, 2h or 1d",
                "since|0s|since: must be a time such as 90s, 5m, 2h or 1d",
                "since|9999999d|since: must not be before 1970",
                "from|2026|from: must be a time such as 2026-01-31T12:00:00Z,",
                "from|2026-01-32|from: must be a time such as 2026-01-31T12:00:00Z,",
                "to|soon|to: must be a time such as",
                "from|2025-03-02|from: must be before now, 2025-03-01T12:00:00Z"
            })
    void saysWhichFieldIsWrong(String field, String value, String message) {
        Invalid invalid = assertThrows(Invalid.class, () -> api.costs(Map.of(field, value), NOW));
        assertTrue(String.valueOf(invalid.getMessage()).startsWith(message), invalid.getMessage());
    }

    @Test
    void readsWindows() {
        assertEquals("2025-02-28T12:00:00Z", api.costs(Map.of(), NOW).get("from"));
        Map<String, Object> month = api.costs(Map.of("from", "2025-02-01", "to", "2025-04-01"), NOW);
        assertEquals("2025-02-01T00:00:00Z", month.get("from"));
        assertEquals("2025-03-01T12:00:00Z", month.get("to"), "what is to come costs nothing yet");
        assertEquals(
                "2025-03-01T11:30:00Z", api.costs(Map.of("since", "30m"), NOW).get("from"));
        assertThrows(Invalid.class, () -> api.costs(Map.of("since", "1h", "from", "2025-02-01"), NOW));
    }

    @Test
    void aDatabaseThatIsAwayIsNoReasonForAWrongAnswer() {
        away = true;
        ApiError error = assertThrows(ApiError.class, () -> api.costs(Map.of(), NOW));
        assertEquals(503, error.status());
    }

    @Test
    void refusesWhatIsTooMuchAndWhatIsNotThere() {
        for (int i = 0; i <= CostsApi.MAX_LINES; i++) database.add(record(i, -600, -5));
        assertThrows(ApiError.class, () -> api.costs(Map.of("by", "task"), NOW));
        assertEquals(1, ((List<?>) api.costs(Map.of("by", "service"), NOW).get("items")).size());
        database.clear();
        ApiError error = assertThrows(ApiError.class, () -> api.costs(Map.of("cluster", "none"), NOW));
        assertEquals("ClusterNotFoundException", error.code());
    }

    @SuppressWarnings("unchecked") // a tree
    private static Map<String, Object> total(Map<String, Object> answer) {
        return (Map<String, Object>) java.util.Objects.requireNonNull(answer.get("total"));
    }

    private static UsageRecord record(int number, int from, int to) {
        long seconds = (long) to - from;
        return new UsageRecord(
                String.format("%032x", number),
                Subject.TASK,
                "default",
                "service:web",
                "FARGATE",
                null,
                null,
                NOW.plusSeconds(from),
                NOW.plusSeconds(to),
                NOW.plusSeconds(to),
                1,
                new UsageAmounts(seconds, 256 * seconds, 512 * seconds, 0, 7));
    }
}
