package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Hosts: ECS's container instances. One is found by its name or its id. */
public final class Hosts {
    /** ECS: DescribeContainerInstances takes a hundred at a time. */
    private static final int BATCH = 100;

    private static final String BUILT_IN = "ecs.";
    private static final String ZONE = BUILT_IN + "availability-zone";

    public static final Kind KIND = new Kind(
            "hosts",
            List.of("container-instances"),
            session -> Ecs.describe(
                            session.api(),
                            "DescribeContainerInstances",
                            Ecs.in(session.cluster()),
                            "containerInstances",
                            Ecs.arns(
                                    session.api(),
                                    "ListContainerInstances",
                                    Ecs.in(session.cluster()),
                                    "containerInstanceArns"),
                            BATCH)
                    .stream()
                    .sorted(Comparator.comparing(Hosts::name))
                    .toList(),
            (session, name) -> List.of(
                    Hosts.KIND.findIn(all(session), name).orElseThrow(() -> new Failure("there is no host " + name))),
            Hosts::forget,
            item -> List.of(
                    name(item), Arn.last(item.path("containerInstanceArn").asText())),
            List.of(
                    Column.of("HOST", Hosts::name),
                    Column.field("STATUS", "status"),
                    Column.wide("REASON", BoughtHosts::reason),
                    Column.of("AGENT", Hosts::agent),
                    Column.field("RUNNING", "runningTasksCount"),
                    Column.field("PENDING", "pendingTasksCount"),
                    Column.of("CPU FREE", item -> free(item, "CPU")),
                    Column.of("MEMORY FREE", item -> free(item, "MEMORY")),
                    Column.of("TYPE", BoughtHosts::type),
                    Column.of("$/HOUR", BoughtHosts::price),
                    Column.of("PROVIDER", BoughtHosts::provider),
                    Column.of("ZONE", item -> attribute(item, ZONE)),
                    Column.of("ATTRIBUTES", Hosts::attributes),
                    Column.timed("AGE", BoughtHosts::age),
                    Column.wide("VERSION", item -> item.path("versionInfo")
                            .path("agentVersion")
                            .asText()),
                    Column.wide("DOCKER", item -> item.path("versionInfo")
                            .path("dockerVersion")
                            .asText()),
                    Column.wide(
                            "ID",
                            item -> Arn.last(item.path("containerInstanceArn").asText()))));

    private Hosts() {}

    /** With what was paid for those that were bought, and with those of them that have not joined, go or failed lately. */
    public static List<JsonNode> all(Session session) {
        return BoughtHosts.join(session, KIND.list(session));
    }

    private static String agent(JsonNode item) {
        if (!item.has("agentConnected")) return "";
        return item.path("agentConnected").asBoolean() ? "connected" : "away";
    }

    /** ECS has no host names: its EC2 instance id is the name by which operators know the machine. */
    public static String name(JsonNode host) {
        String name = host.path("ec2InstanceId").asText();
        return name.isEmpty() ? Arn.shortId(host.path("containerInstanceArn").asText()) : name;
    }

    private static String forget(Session session, String name) {
        JsonNode host = KIND.find(session, name);
        session.api()
                .ecs(
                        "DeregisterContainerInstance",
                        Ecs.in(session.cluster())
                                .put(
                                        "containerInstance",
                                        host.path("containerInstanceArn").asText())
                                .put("force", true));
        return name(host);
    }

    private static String free(JsonNode host, String resource) {
        if (!host.has("remainingResources")) return "";
        return amount(host.path("remainingResources"), resource) + "/"
                + amount(host.path("registeredResources"), resource);
    }

    private static String amount(JsonNode resources, String name) {
        for (JsonNode resource : resources)
            if (resource.path("name").asText().equals(name))
                return resource.path("integerValue").asText();
        return "?";
    }

    /** Those that people gave it, or told its agent. */
    private static String attributes(JsonNode host) {
        List<String> shown = new ArrayList<>();
        for (JsonNode attribute : host.path("attributes")) {
            String name = attribute.path("name").asText();
            String value = attribute.path("value").asText();
            if (!name.startsWith(BUILT_IN)) shown.add(value.isEmpty() ? name : name + "=" + value);
        }
        return String.join(",", shown);
    }

    private static String attribute(JsonNode host, String name) {
        for (JsonNode attribute : host.path("attributes"))
            if (attribute.path("name").asText().equals(name))
                return attribute.path("value").asText();
        return "";
    }
}
