package io.staithe.server.apply;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.ClusterState;
import io.staithe.server.ecs.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of services, clusters and tasks beside what ECS's describe calls show: AWS's answers stay exactly
 * AWS's, and who knows more asks here. Of services and clusters, in the words in which files declare it.
 */
final class Extensions {
    static final int MAX_ARNS = 100;

    private Extensions() {}

    /** One for each ARN whose thing is there, with the {@code arn}, in the order asked. */
    static List<Map<String, Object>> of(ClusterState state, List<String> arns) {
        if (arns.size() > MAX_ARNS) throw new Invalid("arns", "must have at most " + MAX_ARNS + " entries");
        return arns.stream().flatMap(arn -> of(state, arn).stream()).toList();
    }

    private static Optional<Map<String, Object>> of(ClusterState state, String arn) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("arn", arn);
        return switch (type(arn)) {
            case "service" -> state.service(Names.service(null, arn)).map(service -> put(service, fields));
            case "cluster" -> state.cluster(Names.cluster(arn)).map(cluster -> put(cluster, fields));
            case "task" -> state.task(TaskId.of(Names.id(null, arn, "task"))).map(task -> put(state, task, fields));
            case "task-definition" ->
                state.taskDefinition(TaskDefinitionId.of(Names.taskDefinition(arn)))
                        .map(definition -> put(definition, fields));
            default -> throw new Invalid("arns", "must be of services, clusters, task definitions or tasks");
        };
    }

    private static Map<String, Object> put(Service service, Map<String, Object> fields) {
        Map<String, Object> declared = Rendering.of(service);
        for (String name : List.of("lostAfterSeconds", "deploymentDeadline", "placement", "disruptionBudget"))
            if (declared.containsKey(name)) fields.put(name, Objects.requireNonNull(declared.get(name)));
        return fields;
    }

    private static Map<String, Object> put(Cluster cluster, Map<String, Object> fields) {
        put("rebalancing", cluster.rebalancing(), fields);
        return fields;
    }

    /** The containers as a whole: what stands in them beside ECS's fields has no place of its own. */
    private static Map<String, Object> put(TaskDefinition definition, Map<String, Object> fields) {
        boolean any = definition.containerDefinitions().stream()
                .anyMatch(container -> container.readinessCheck() != null || container.preStop() != null);
        if (any)
            fields.put(
                    "containerDefinitions",
                    definition.containerDefinitions().stream()
                            .map(Rendering::of)
                            .toList());
        return fields;
    }

    private static Map<String, Object> put(ClusterState state, Task task, Map<String, Object> fields) {
        state.report(task.id())
                .map(report -> report.containers().stream().map(Extensions::of).toList())
                .ifPresent(containers -> fields.put("containerStates", containers));
        put("placement", task.placement(), fields);
        put("placementPolicy", task.placementPolicy(), fields);
        put("relocation", task.relocation(), fields);
        if (task.job() != null) put("job", state.job(task.job().job()).orElse(null), fields);
        if (task.protectedUntil() != null)
            fields.put("protectedUntil", task.protectedUntil().toString());
        return fields;
    }

    private static Map<String, Object> of(ContainerReport container) {
        Map<String, Object> all = Rendering.of(container);
        Map<String, Object> own = new LinkedHashMap<>();
        for (String name : List.of("name", "readiness", "checkDetail", "restartCount"))
            if (all.containsKey(name)) own.put(name, Objects.requireNonNull(all.get(name)));
        return own;
    }

    private static void put(String name, @Nullable Record record, Map<String, Object> fields) {
        if (record != null) fields.put(name, Rendering.of(record));
    }

    /** What stands before the first slash of an ARN's resource. */
    private static String type(String arn) {
        String[] parts = arn.split(":", 6);
        return parts.length == 6 ? parts[5].substring(0, Math.max(0, parts[5].indexOf('/'))) : "";
    }
}
