package io.staithe.cli.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Failure;
import io.staithe.cli.view.Format;
import io.staithe.cli.view.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tasks: those that are wanted first, then those that stopped lately. */
public final class Tasks {
    /** ECS: DescribeTasks takes a hundred at a time. */
    private static final int BATCH = 100;

    public static final Kind KIND = new Kind(
            "tasks",
            List.of(),
            Tasks::all,
            Tasks::select,
            (session, name) -> stop(session, name, "deleted by staithe delete"),
            item -> List.of(Arn.last(item.path("taskArn").asText())),
            List.of(
                    Column.of("TASK", item -> Arn.shortId(item.path("taskArn").asText())),
                    Column.of("OF", item -> item.path("group").asText().replaceFirst("^service:", "")),
                    Column.field("STATUS", "lastStatus"),
                    Column.of("HEALTH", Tasks::health),
                    Column.of("HOST", Tasks::host),
                    Column.of("PORTS", Tasks::ports),
                    Column.of(
                            "TASK DEFINITION",
                            item -> Arn.last(item.path("taskDefinitionArn").asText())),
                    Column.timed("AGE", (item, now) -> Times.age(item.path("createdAt"), now)),
                    Column.wide("CONTAINERS", Tasks::containers),
                    Column.wideTimed("PROTECTED UNTIL", Tasks::protectedUntil),
                    Column.wide("WANTED", item -> item.path("desiredStatus").asText()),
                    Column.wide(
                            "WHY STOPPED", item -> item.path("stoppedReason").asText()),
                    Column.wide("ID", item -> Arn.last(item.path("taskArn").asText()))));

    private static final String RUNNING = "RUNNING";
    private static final String STOPPED = "STOPPED";

    private Tasks() {}

    /** Tasks that are to run. */
    public static List<JsonNode> wanted(Session session) {
        return list(session, RUNNING);
    }

    private static List<JsonNode> all(Session session) {
        List<JsonNode> tasks = new ArrayList<>(wanted(session));
        tasks.addAll(list(session, STOPPED));
        return tasks;
    }

    /** The tasks of a service, or the one whose id begins so. */
    private static List<JsonNode> select(Session session, String name) {
        List<JsonNode> ofService = wanted(session).stream()
                .filter(task -> task.path("group").asText().equals("service:" + name))
                .toList();
        return ofService.isEmpty() ? List.of(KIND.find(session, Arn.last(name))) : ofService;
    }

    /** The ARN of the one task that is to run and whose id begins so. */
    public static String running(Session session, String name) {
        return KIND.findIn(wanted(session), Arn.last(name))
                .orElseThrow(() -> new Failure("there is no task " + name + " that runs"))
                .path("taskArn")
                .asText();
    }

    /** Stops the one task that is to run and whose id begins so; its id. */
    public static String stop(Session session, String name, String reason) {
        String arn = running(session, name);
        session.api().ecs("StopTask", Ecs.in(session.cluster()).put("task", arn).put("reason", reason));
        return Arn.last(arn);
    }

    /** Tasks of that service that are to run. */
    public static List<JsonNode> ofService(Session session, String cluster, String service) {
        ObjectNode filter = Ecs.in(cluster).put("serviceName", service).put("desiredStatus", RUNNING);
        return described(session, cluster, Ecs.arns(session.api(), "ListTasks", filter, "taskArns"));
    }

    /** The tasks with these ARNs, with the name of the host where the table is for people. */
    public static List<JsonNode> described(Session session, String cluster, List<String> arns) {
        List<JsonNode> tasks =
                Ecs.describe(session.api(), "DescribeTasks", Ecs.in(cluster), "tasks", arns, BATCH).stream()
                        .sorted(Ecs.by("group").thenComparing(Ecs.byTime("createdAt")))
                        .toList();
        if (session.terminal().format().isForPeople() && !tasks.isEmpty()) nameHosts(session, tasks);
        if (session.terminal().format() == Format.WIDE) Extensions.join(session, KIND, tasks);
        return tasks;
    }

    /** What people see of the host: its name where it is known. */
    public static String host(JsonNode task) {
        return task.has("hostName")
                ? task.path("hostName").asText()
                : Arn.shortId(task.path("containerInstanceArn").asText());
    }

    private static List<JsonNode> list(Session session, String desiredStatus) {
        ObjectNode filter = Ecs.in(session.cluster()).put("desiredStatus", desiredStatus);
        return described(session, session.cluster(), Ecs.arns(session.api(), "ListTasks", filter, "taskArns"));
    }

    private static void nameHosts(Session session, List<JsonNode> tasks) {
        Map<String, String> names = Hosts.KIND.list(session).stream()
                .collect(Collectors.toMap(
                        host -> host.path("containerInstanceArn").asText(), Hosts::name));
        for (JsonNode task : tasks) {
            String name = names.get(task.path("containerInstanceArn").asText());
            if (name != null) ((ObjectNode) task).put("hostName", name);
        }
    }

    private static String health(JsonNode task) {
        String health = task.path("healthStatus").asText();
        return health.equals("UNKNOWN") ? "" : health;
    }

    private static String protectedUntil(JsonNode task, Instant now) {
        Instant until = Times.of(task.path("protectedUntil"));
        return until == null || !now.isBefore(until) ? "" : Times.clock(task.path("protectedUntil"), now);
    }

    private static String ports(JsonNode task) {
        List<String> ports = new ArrayList<>();
        for (JsonNode container : task.path("containers"))
            for (JsonNode binding : container.path("networkBindings"))
                ports.add(binding.path("hostPort").asText() + "->"
                        + binding.path("containerPort").asText());
        return String.join(",", ports);
    }

    private static String containers(JsonNode task) {
        List<String> containers = new ArrayList<>();
        for (JsonNode container : task.path("containers")) {
            String exit = container.hasNonNull("exitCode")
                    ? " (exit " + container.path("exitCode").asInt() + ")"
                    : "";
            containers.add(container.path("name").asText() + "="
                    + container.path("lastStatus").asText() + exit);
        }
        return String.join(",", containers);
    }
}
