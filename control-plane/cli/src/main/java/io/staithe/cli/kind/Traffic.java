package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import io.staithe.cli.view.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the load balancer consists of. ECS's API does not have these kinds; Staithe's own lists them. */
public final class Traffic {
    public static final Kind TARGET_GROUPS = new Kind(
            "target-groups",
            List.of("tg"),
            from("/target-groups"),
            (session, name) -> List.of(Traffic.TARGET_GROUPS.find(session, name)),
            (session, name) -> delete(session, Traffic.TARGET_GROUPS, name),
            named("name"),
            List.of(
                    Column.field("TARGET GROUP", "name"),
                    Column.field("PROTOCOL", "protocol"),
                    Column.field("HEALTH CHECK", "healthCheckPath"),
                    Column.of("HEALTHY", item -> healthy(item.path("targets"))),
                    Column.wide("TARGETS", item -> targets(item.path("targets")))));

    public static final Kind LISTENERS = new Kind(
            "listeners",
            List.of(),
            from("/listeners"),
            (session, name) -> List.of(Traffic.LISTENERS.find(session, name)),
            (session, name) -> delete(session, Traffic.LISTENERS, name),
            named("name"),
            List.of(
                    Column.field("LISTENER", "name"),
                    Column.field("PROTOCOL", "protocol"),
                    Column.of("BY DEFAULT", item -> action(item.path("defaultAction")))));

    public static final Kind RULES = new Kind(
            "rules",
            List.of(),
            from("/rules"),
            (session, name) -> List.of(Traffic.RULES.find(session, name)),
            (session, name) -> delete(session, Traffic.RULES, name),
            named("name"),
            List.of(
                    Column.field("RULE", "name"),
                    Column.of("HOSTS", item -> joined(item.path("hosts"))),
                    Column.of("PATHS", item -> joined(item.path("paths"))),
                    Column.of("ACTION", item -> action(item.path("action")))));

    public static final Kind LOAD_BALANCERS = new Kind(
            "load-balancers",
            List.of("lb"),
            from("/load-balancers"),
            (session, name) -> List.of(Traffic.LOAD_BALANCERS.find(session, name)),
            (session, name) -> delete(session, Traffic.LOAD_BALANCERS, name),
            named("name"),
            List.of(
                    Column.field("LOAD BALANCER", "name"),
                    Column.timed("AGE", (item, now) -> Times.age(item.path("createdAt"), now))));

    private Traffic() {}

    private static Kind.Source from(String path) {
        return session -> {
            List<JsonNode> items = new ArrayList<>();
            session.api().get(path, Map.of()).path("items").forEach(items::add);
            return items;
        };
    }

    private static String delete(Session session, Kind kind, String name) {
        String full = kind.ids().of(kind.find(session, name)).get(0);
        session.api().delete(Api.segment(kind.name()) + Api.segment(full), Map.of());
        return full;
    }

    private static Kind.Ids named(String field) {
        return item -> List.of(item.path(field).asText());
    }

    private static String healthy(JsonNode targets) {
        long healthy = stream(targets)
                .filter(target -> target.path("state").asText().equals("HEALTHY"))
                .count();
        return healthy + "/" + targets.size();
    }

    private static String targets(JsonNode targets) {
        return String.join(
                ",",
                stream(targets)
                        .map(target -> "%s/%s:%s=%s"
                                .formatted(
                                        target.path("host").asText(),
                                        Arn.shortId(target.path("task").asText()),
                                        target.path("containerPort").asText(),
                                        target.path("state").asText()))
                        .toList());
    }

    private static String action(JsonNode action) {
        if (action.hasNonNull("forward")) return "forward to " + forward(action.path("forward"));
        if (action.hasNonNull("fixedResponse"))
            return "answer " + action.path("fixedResponse").path("statusCode").asText();
        return action.hasNonNull("redirect") ? "redirect" : "";
    }

    /** {@code web}, or the weights where there are several: {@code blue=90,green=10}. */
    private static String forward(JsonNode groups) {
        if (groups.size() == 1) return groups.get(0).path("targetGroup").asText();
        return String.join(
                ",",
                stream(groups)
                        .map(group -> group.path("targetGroup").asText() + "="
                                + group.path("weight").asText())
                        .toList());
    }

    private static String joined(JsonNode values) {
        return String.join(",", stream(values).map(JsonNode::asText).toList());
    }

    private static Stream<JsonNode> stream(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false);
    }
}
