package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.api.Api;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How ECS lists things: pages of ARNs first, then descriptions in batches. */
final class Ecs {
    private static final int PAGE_SIZE = 100;
    /** A bound against a server that never ends its pages: 100,000 things. */
    private static final int MAX_PAGES = 1000;

    private Ecs() {}

    /** All ARNs that a {@code List*} operation has. */
    static List<String> arns(Api api, String operation, ObjectNode input, String field) {
        List<String> arns = new ArrayList<>();
        ObjectNode page = input.deepCopy().put("maxResults", PAGE_SIZE);
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            JsonNode answer = api.ecs(operation, page);
            answer.path(field).forEach(arn -> arns.add(arn.asText()));
            if (!answer.hasNonNull("nextToken")) break;
            page.put("nextToken", answer.path("nextToken").asText());
        }
        return arns;
    }

    /**
     * Their descriptions.
     *
     * @param batch how many names the {@code Describe*} operation takes at a time
     */
    static List<JsonNode> describe(
            Api api, String operation, ObjectNode input, String field, List<String> names, int batch) {
        List<JsonNode> items = new ArrayList<>();
        for (int from = 0; from < names.size(); from += batch) {
            ObjectNode call = input.deepCopy();
            ArrayNode list = call.putArray(field);
            names.subList(from, Math.min(names.size(), from + batch)).forEach(list::add);
            api.ecs(operation, call).path(field).forEach(items::add);
        }
        return items;
    }

    static ObjectNode in(String cluster) {
        return Api.object().put("cluster", cluster);
    }

    static Comparator<JsonNode> by(String field) {
        return Comparator.comparing(item -> item.path(field).asText());
    }

    static Comparator<JsonNode> byTime(String field) {
        return Comparator.comparingDouble(item -> item.path(field).asDouble());
    }
}
