package io.staithe.server.http;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Id;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A change that people want to hear of.
 *
 * @param type named after the events that ECS sends: {@code task-state-change} and so on
 * @param cluster absent: it concerns no cluster
 * @param service the service's name; absent: it concerns no service
 */
record Happening(
        String type, @Nullable String cluster, @Nullable String service, JsonObject data) {

    /** @return null: nothing that anybody would want to hear */
    static @Nullable Happening of(@Nullable Entity before, @Nullable Entity after) {
        if (after instanceof ServiceEvent event) return before == null ? of(event) : null;
        if (after instanceof Task task) return of((Task) before, task);
        if (after instanceof Deployment deployment) return of((Deployment) before, deployment);
        if (after instanceof ContainerInstance instance) return of((ContainerInstance) before, instance);
        return null;
    }

    /** As a server-sent event. */
    String message() {
        return "event: " + type + "\ndata: " + data.encode() + "\n\n";
    }

    private static Happening of(ServiceEvent event) {
        JsonObject data = new JsonObject()
                .put("at", event.createdAt().toString())
                .put("about", event.about())
                .put("service", value(event.service()))
                .put("task", value(event.task()))
                .put("code", event.code())
                .put("message", event.message());
        return about("service-action", event.service(), null, data);
    }

    private static @Nullable Happening of(@Nullable Task before, Task task) {
        if (before != null
                && before.lastStatus() == task.lastStatus()
                && before.desiredStatus() == task.desiredStatus()
                && (before.healthySince() == null) == (task.healthySince() == null)) return null;
        JsonObject data = new JsonObject()
                .put("task", task.id().value())
                .put("cluster", task.cluster())
                .put("group", task.group())
                .put("service", value(task.service()))
                .put("deployment", value(task.deployment()))
                .put("taskDefinition", task.taskDefinition().value())
                .put("containerInstance", value(task.instance()))
                .put("lastStatus", task.lastStatus().name())
                .put("desiredStatus", task.desiredStatus().name())
                .put("healthy", task.healthySince() != null)
                .put(
                        "stopCode",
                        task.stopCode() == null ? null : task.stopCode().name())
                .put("stoppedReason", task.stoppedReason());
        return about("task-state-change", task.service(), task.cluster(), data);
    }

    private static @Nullable Happening of(@Nullable Deployment before, Deployment deployment) {
        if (before != null
                && before.status() == deployment.status()
                && before.rolloutState() == deployment.rolloutState()
                && before.desiredCount() == deployment.desiredCount()) return null;
        JsonObject data = new JsonObject()
                .put("deployment", deployment.id().value())
                .put("service", deployment.service().value())
                .put("taskDefinition", deployment.revision().taskDefinition().value())
                .put("status", deployment.status().name())
                .put("rolloutState", deployment.rolloutState().name())
                .put("rolloutStateReason", deployment.rolloutStateReason())
                .put("desiredCount", deployment.desiredCount());
        return about("deployment-state-change", deployment.service(), null, data);
    }

    private static @Nullable Happening of(@Nullable ContainerInstance before, ContainerInstance instance) {
        if (before != null && before.status() == instance.status() && before.isConnected() == instance.isConnected())
            return null;
        JsonObject data = new JsonObject()
                .put("containerInstance", instance.id().value())
                .put("cluster", instance.cluster())
                .put("hostName", instance.hostName())
                .put("status", instance.status().name())
                .put("agentConnected", instance.isConnected());
        return about("instance-state-change", null, instance.cluster(), data);
    }

    private static Happening about(
            String type, @Nullable ServiceId service, @Nullable String cluster, JsonObject data) {
        return new Happening(
                type, service == null ? cluster : service.cluster(), service == null ? null : service.name(), data);
    }

    private static @Nullable String value(@Nullable Id id) {
        return id == null ? null : id.value();
    }
}
