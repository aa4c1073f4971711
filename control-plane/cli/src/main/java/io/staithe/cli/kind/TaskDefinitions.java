package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import java.util.List;

/** Task definitions, listed by ARN alone: describing each would take a call for each. */
public final class TaskDefinitions {
    public static final Kind KIND = new Kind(
            "task-definitions",
            List.of("td", "taskdefs"),
            session -> Ecs.arns(session.api(), "ListTaskDefinitions", Api.object(), "taskDefinitionArns").stream()
                    .map(TaskDefinitions::item)
                    .toList(),
            (session, name) -> List.of(find(session, name)),
            TaskDefinitions::deregister,
            item -> List.of(
                    Arn.last(item.path("taskDefinitionArn").asText()),
                    item.path("family").asText()),
            List.of(
                    Column.field("FAMILY", "family"),
                    Column.field("REVISION", "revision"),
                    Column.wide("ARN", item -> item.path("taskDefinitionArn").asText())));

    private TaskDefinitions() {}

    /**
     * One in full.
     *
     * @param name {@code FAMILY} (its latest), {@code FAMILY:REVISION} or an ARN
     */
    public static JsonNode find(Session session, String name) {
        return session.api()
                .ecs("DescribeTaskDefinition", Api.object().put("taskDefinition", name))
                .path("taskDefinition");
    }

    private static String deregister(Session session, String name) {
        return Arn.last(session.api()
                .ecs("DeregisterTaskDefinition", Api.object().put("taskDefinition", name))
                .path("taskDefinition")
                .path("taskDefinitionArn")
                .asText(name));
    }

    private static JsonNode item(String arn) {
        String name = Arn.last(arn);
        int colon = name.lastIndexOf(':');
        return Api.object()
                .put("family", name.substring(0, colon))
                .put("revision", name.substring(colon + 1))
                .put("taskDefinitionArn", arn);
    }
}
