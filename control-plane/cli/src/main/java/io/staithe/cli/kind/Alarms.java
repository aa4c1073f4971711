package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import io.staithe.cli.view.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Alarms that deployments heed. */
final class Alarms {
    static final Kind KIND = new Kind(
            "alarms",
            List.of(),
            Alarms::list,
            (session, name) -> List.of(find(session, name)),
            Alarms::delete,
            alarm -> List.of(alarm.path("name").asText()),
            List.of(
                    Column.field("ALARM", "name"),
                    Column.field("STATE", "state"),
                    Column.timed("FOR", (item, now) -> Times.age(item.path("stateUpdatedAt"), now)),
                    Column.field("REASON", "stateReason")));

    private Alarms() {}

    private static List<JsonNode> list(Session session) {
        List<JsonNode> items = new ArrayList<>();
        session.api().get("/alarms", Map.of()).path("items").forEach(items::add);
        return items;
    }

    private static JsonNode find(Session session, String name) {
        return KIND.find(session, name);
    }

    private static String delete(Session session, String name) {
        String full = find(session, name).path("name").asText();
        session.api().delete("/alarms" + Api.segment(full), Map.of());
        return full;
    }
}
