package io.staithe.agent.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.agent.session.ArnScope;
import io.staithe.agent.task.KnownTask;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.TaskReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The document of a task in ECS's task metadata endpoint version 4. */
final class TaskMetadata {
    private static final double CPU_UNITS = 1024;

    private TaskMetadata() {}

    static ObjectNode of(KnownTask task, ArnScope scope, @Nullable String zone) {
        AssignedTask assigned = task.assigned();
        TaskReport report = task.report();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("Cluster", scope.ecs("cluster/" + assigned.cluster()));
        json.put("TaskARN", arn(task, scope));
        json.put("Family", assigned.definition().family());
        json.put("Revision", Integer.toString(assigned.definition().revision()));
        json.put("DesiredStatus", desired(task));
        json.put("KnownStatus", report == null ? "NONE" : known(report.lastStatus()));
        limits(assigned, json);
        if (report != null) {
            time(json, "PullStartedAt", report.pullStartedAt());
            time(json, "PullStoppedAt", report.pullStoppedAt());
            time(json, "ExecutionStoppedAt", report.executionStoppedAt());
        }
        if (zone != null) json.put("AvailabilityZone", zone);
        if (assigned.service() != null)
            json.put("ServiceName", assigned.service().name());
        json.put("Group", assigned.group());
        json.put("FaultInjectionEnabled", false);
        for (ContainerDefinition container : task.containers())
            json.withArray("Containers").add(ContainerMetadata.of(container, task, scope));
        return json;
    }

    static String arn(KnownTask task, ArnScope scope) {
        return scope.ecs(
                "task/" + task.assigned().cluster() + "/" + task.assigned().task());
    }

    static String desired(KnownTask task) {
        return task.stopping() ? "STOPPED" : "RUNNING";
    }

    private static String known(ContainerReport.State state) {
        return switch (state) {
            case PENDING -> "NONE";
            case RUNNING -> "RUNNING";
            case STOPPED -> "STOPPED";
        };
    }

    /** Cores and MiB, of the whole task; what it does not limit is left out. */
    private static void limits(AssignedTask task, ObjectNode json) {
        Integer cpu = task.overrides().cpu() != null
                ? task.overrides().cpu()
                : task.definition().cpu();
        Integer memory = task.overrides().memory() != null
                ? task.overrides().memory()
                : task.definition().memory();
        if (cpu == null && memory == null) return;
        ObjectNode limits = json.putObject("Limits");
        if (cpu != null) limits.put("CPU", cpu / CPU_UNITS);
        if (memory != null) limits.put("Memory", memory);
    }

    static void time(ObjectNode json, String name, @Nullable Instant time) {
        if (time != null) json.put(name, time.toString());
    }
}
