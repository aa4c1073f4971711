package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import io.staithe.cli.view.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Staithe knows of hosts that were bought, beside what ECS shows of container instances: their field {@code bought}. */
final class BoughtHosts {
    private static final String BOUGHT = "bought";
    /** ECS shows no container instance of them, or one that says nothing of why it goes. */
    private static final Set<String> SHOWN = Set.of("REQUESTED", "STARTING", "STOPPING", "LOST", "FAILED");

    private BoughtHosts() {}

    /** The same hosts with what was paid for them, and after them those that are not there yet, go, or failed lately. */
    static List<JsonNode> join(Session session, List<JsonNode> instances) {
        Map<String, JsonNode> bought = new HashMap<>();
        List<JsonNode> joined = new ArrayList<>(instances);
        JsonNode items = session.api()
                .get("/provisioned-hosts", Map.of("cluster", session.cluster()))
                .path("items");
        for (JsonNode item : items) bought.put(item.path("arn").asText(), item);
        for (JsonNode instance : instances) {
            JsonNode known = bought.remove(instance.path("containerInstanceArn").asText());
            if (known != null) ((ObjectNode) instance).set(BOUGHT, known);
        }
        for (JsonNode item : items) {
            String arn = item.path("arn").asText();
            String status = item.path("status").asText();
            if (!bought.containsKey(arn) || !SHOWN.contains(status)) continue;
            ObjectNode host = Api.object().put("containerInstanceArn", arn).put("status", status);
            host.set(BOUGHT, item);
            joined.add(host);
        }
        return joined;
    }

    static String type(JsonNode host) {
        JsonNode bought = host.path(BOUGHT);
        return bought.path("type").asText() + (bought.path("spot").asBoolean() ? " (spot)" : "");
    }

    static String price(JsonNode host) {
        return host.path(BOUGHT).path("costPerHour").asText();
    }

    static String provider(JsonNode host) {
        JsonNode bought = host.path(BOUGHT);
        return bought.path("capacityProvider").asText(bought.path("hostGroup").asText());
    }

    /** Why it has the status that it has: what failed, why it goes, or what its provider says. */
    static String reason(JsonNode host) {
        JsonNode bought = host.path(BOUGHT);
        String said =
                bought.path("endReason").asText(bought.path("providerMessage").asText());
        return host.path("statusReason").asText(said);
    }

    static String age(JsonNode host, Instant now) {
        return Times.age(
                host.has("registeredAt")
                        ? host.path("registeredAt")
                        : host.path(BOUGHT).path("requestedAt"),
                now);
    }
}
