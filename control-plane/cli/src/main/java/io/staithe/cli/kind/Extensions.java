package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Staithe knows of things beside what ECS's describe calls show; it joins their fields, as files declare it. */
public final class Extensions {
    /** Staithe describes so many at a time. */
    private static final int BATCH = 100;

    private static final Map<Kind, String> ARNS = Map.of(
            Services.KIND, "serviceArn",
            Clusters.KIND, "clusterArn",
            Tasks.KIND, "taskArn",
            TaskDefinitions.KIND, "taskDefinitionArn");

    private Extensions() {}

    /** Asks for more about things of a kind; of kinds without extensions nothing is asked. */
    public static void join(Session session, Kind kind, List<JsonNode> items) {
        String field = ARNS.get(kind);
        if (field == null) return;
        for (int from = 0; from < items.size(); from += BATCH)
            joinBatch(session, field, items.subList(from, Math.min(items.size(), from + BATCH)));
    }

    private static void joinBatch(Session session, String field, List<JsonNode> items) {
        ObjectNode request = Api.object();
        ArrayNode arns = request.putArray("arns");
        items.forEach(item -> arns.add(item.path(field).asText()));
        Map<String, ObjectNode> found = new HashMap<>();
        for (JsonNode more : session.api().post("/describe", Map.of(), request).path("items"))
            found.put(more.path("arn").asText(), (ObjectNode) more);
        for (JsonNode item : items) {
            ObjectNode more = found.get(item.path(field).asText());
            if (more == null) continue;
            more.remove("arn");
            ((ObjectNode) item).setAll(more);
        }
    }
}
