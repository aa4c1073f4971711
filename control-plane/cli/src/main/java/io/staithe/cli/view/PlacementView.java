package io.staithe.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a service wants of its placement beside what ECS knows, for people. */
public final class PlacementView {
    private PlacementView() {}

    /** One line for each thing that was asked for. */
    public static List<String> of(JsonNode service) {
        List<String> lines = new ArrayList<>();
        JsonNode placement = service.path("placement");
        if (placement.path("priority").asInt() > 0)
            lines.add("priority " + placement.path("priority").asInt());
        for (JsonNode preference : placement.path("preferences"))
            lines.add("prefers %s (weight %d)"
                    .formatted(
                            preference.path("expression").asText(),
                            preference.path("weight").asInt()));
        for (JsonNode skew : placement.path("maxSkew"))
            lines.add("at most %d more on one %s than on another"
                    .formatted(
                            skew.path("max").asInt(),
                            skew.path("field").asText().replaceFirst("^attribute:", "")));
        if (placement.path("allOrNothing").asBoolean()) lines.add("all that wait, or none");
        if (placement.path("headroom").asInt() > 0)
            lines.add("room for %d more".formatted(placement.path("headroom").asInt()));
        if (placement.hasNonNull("fallbackSeconds"))
            lines.add("gets the next capacity provider after %d s without hosts"
                    .formatted(placement.path("fallbackSeconds").asInt()));
        if (service.has("disruptionBudget"))
            lines.add("at most %d moved at once, and %d an hour"
                    .formatted(
                            service.path("disruptionBudget").path("movesAtOnce").asInt(),
                            service.path("disruptionBudget")
                                    .path("movesPerHour")
                                    .asInt()));
        if (service.has("lostAfterSeconds"))
            lines.add("replaced when its host is out of reach for %d s"
                    .formatted(service.path("lostAfterSeconds").asInt()));
        return lines;
    }
}
