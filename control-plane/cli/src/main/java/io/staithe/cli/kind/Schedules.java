package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What runs tasks at certain times. Called {@code cluster/name}, or {@code name} alone. */
final class Schedules {
    static final Kind KIND = new Kind(
            "schedules",
            List.of(),
            Schedules::list,
            (session, name) -> List.of(find(session, name)),
            Schedules::delete,
            item -> List.of(id(item), id(item).substring(id(item).indexOf('/') + 1)),
            List.of(
                    Column.of("SCHEDULE", Schedules::id),
                    Column.field("STATE", "state"),
                    Column.field("EXPRESSION", "scheduleExpression"),
                    Column.field("TIME ZONE", "scheduleExpressionTimezone"),
                    Column.of("LAST", item -> last(item.path("fires"))),
                    Column.of("NEXT", item -> item.path("nextFireTimes").path(0).asText())));

    private Schedules() {}

    private static List<JsonNode> list(Session session) {
        List<JsonNode> items = new ArrayList<>();
        session.api().get("/schedules", Map.of()).path("items").forEach(items::add);
        return items;
    }

    private static JsonNode find(Session session, String name) {
        return KIND.find(session, name);
    }

    private static String delete(Session session, String name) {
        String full = id(find(session, name));
        session.api().delete("/schedules" + Api.segment(full), Map.of());
        return full;
    }

    private static String id(JsonNode item) {
        return item.path("name").asText();
    }

    private static String last(JsonNode fires) {
        JsonNode last = fires.path(fires.size() - 1);
        return last.isMissingNode()
                ? ""
                : last.path("outcome").asText() + " " + last.path("at").asText();
    }
}
