package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Failure;
import io.staithe.cli.view.Times;
import java.util.List;

/** Services. One is named {@code SERVICE}, or {@code CLUSTER/SERVICE} where it is in another cluster. */
public final class Services {
    /** ECS: DescribeServices takes ten at a time. */
    private static final int BATCH = 10;

    public static final Kind KIND = new Kind(
            "services",
            List.of("svc"),
            Services::list,
            (session, name) -> List.of(find(session, name)),
            Services::delete,
            Services::ids,
            List.of(
                    Column.field("SERVICE", "serviceName"),
                    Column.field("STATUS", "status"),
                    Column.field("DESIRED", "desiredCount"),
                    Column.field("RUNNING", "runningCount"),
                    Column.field("PENDING", "pendingCount"),
                    Column.of("ROLLOUT", Services::rollout),
                    Column.of(
                            "TASK DEFINITION",
                            item -> Arn.last(item.path("taskDefinition").asText())),
                    Column.wide("STRATEGY", Services::strategy),
                    Column.timed("AGE", (item, now) -> Times.age(item.path("createdAt"), now)),
                    Column.wide("LAST EVENT", Services::lastEvent)));

    private Services() {}

    private static List<JsonNode> list(Session session) {
        List<String> arns = Ecs.arns(session.api(), "ListServices", Ecs.in(session.cluster()), "serviceArns");
        return Ecs.describe(session.api(), "DescribeServices", Ecs.in(session.cluster()), "services", arns, BATCH)
                .stream()
                .sorted(Ecs.by("serviceName"))
                .toList();
    }

    private static List<String> ids(JsonNode service) {
        String name = service.path("serviceName").asText();
        return List.of(name, Arn.last(service.path("clusterArn").asText()) + "/" + name);
    }

    private static String delete(Session session, String name) {
        String service = find(session, name).path("serviceName").asText();
        session.api()
                .ecs(
                        "DeleteService",
                        Ecs.in(clusterOf(session, name)).put("service", service).put("force", true));
        return service;
    }

    /** One service, asked for by its name: one call. */
    public static JsonNode find(Session session, String name) {
        String cluster = clusterOf(session, name);
        List<JsonNode> found = Ecs.describe(
                session.api(), "DescribeServices", Ecs.in(cluster), "services", List.of(Arn.last(name)), BATCH);
        if (!found.isEmpty()) return found.get(0);
        if (name.contains("/")) throw new Failure("there is no service " + name);
        return KIND.find(session, name);
    }

    /** The cluster that {@code CLUSTER/SERVICE} names; else the session's. */
    public static String clusterOf(Session session, String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? session.cluster() : name.substring(0, slash);
    }

    /** Its deployment that the service wants. */
    public static JsonNode primary(JsonNode service) {
        for (JsonNode deployment : service.path("deployments"))
            if (deployment.path("status").asText().equals("PRIMARY")) return deployment;
        return service.path("deployments").path(0);
    }

    private static String rollout(JsonNode service) {
        return primary(service).path("rolloutState").asText();
    }

    private static String strategy(JsonNode service) {
        return service.path("schedulingStrategy").asText();
    }

    private static String lastEvent(JsonNode service) {
        return service.path("events").path(0).path("message").asText();
    }
}
