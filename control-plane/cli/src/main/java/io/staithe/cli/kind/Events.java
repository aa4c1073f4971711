package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.api.Failure;
import io.staithe.cli.view.Times;
import java.util.ArrayList;
import java.util.List;

/** The events of all services of a cluster, oldest first, so that the latest stand beside the prompt. */
public final class Events {
    public static final Kind KIND = new Kind(
            "events",
            List.of("ev"),
            session -> Services.KIND.list(session).stream()
                    .flatMap(service -> of(service).stream())
                    .sorted(Ecs.byTime("createdAt"))
                    .toList(),
            (session, name) -> of(Services.find(session, name)),
            (session, name) -> {
                throw new Failure("events cannot be deleted: they are history");
            },
            item -> List.of(item.path("service").asText()),
            List.of(
                    Column.timed("TIME", (item, now) -> Times.clock(item.path("createdAt"), now)),
                    Column.field("SERVICE", "service"),
                    Column.field("EVENT", "message")));

    private Events() {}

    /** One service's events, each with the service's name. */
    public static List<JsonNode> of(JsonNode service) {
        List<JsonNode> events = new ArrayList<>();
        for (JsonNode event : service.path("events"))
            events.add(((ObjectNode) event.deepCopy())
                    .put("service", service.path("serviceName").asText()));
        return events.stream().sorted(Ecs.byTime("createdAt")).toList();
    }
}
