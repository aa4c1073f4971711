package io.staithe.server.http;

import io.staithe.core.model.DeploymentRequest.Action;
import io.staithe.core.model.ServiceId;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.deployment.Alarms;
import io.staithe.server.deployment.DeploymentApi;
import io.staithe.server.ecs.Names;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked about deployments and alarms under {@code /staithe/v1/}: {@code GET deployments|history|diff/SERVICE},
 * {@code POST deployments/SERVICE?action=}, {@code GET|POST|DELETE alarms}. A service of another cluster is named by
 * {@code ?cluster=}.
 */
public final class DeploymentCalls {
    private static final Map<String, Action> ACTIONS = Map.of(
            "pause", Action.PAUSE,
            "continue", Action.CONTINUE,
            "rollback", Action.ROLLBACK,
            "abort", Action.ABORT);

    private final DeploymentApi deployments;
    private final Alarms alarms;

    public DeploymentCalls(DeploymentApi deployments, Alarms alarms) {
        this.deployments = deployments;
        this.alarms = alarms;
    }

    /** The answer; empty when the call is about something else. */
    Optional<JsonObject> dispatch(String method, List<String> path, Map<String, String> query, Caller caller) {
        if (path.size() < 1 || path.size() > 2) return Optional.empty();
        String name = path.size() == 2 ? path.get(1) : "";
        return switch (method + " " + path.get(0) + (name.isEmpty() ? "" : "/")) {
            case "GET deployments/" -> Optional.of(object(deployments.progress(service(query, name), caller)));
            case "POST deployments/" -> Optional.of(object(act(service(query, name), query, caller)));
            case "GET history/" -> Optional.of(items(deployments.history(service(query, name))));
            case "GET diff/" ->
                Optional.of(object(
                        deployments.difference(service(query, name), required(query, "from"), required(query, "to"))));
            case "GET alarms" -> Optional.of(items(alarms.list()));
            case "POST alarms/" ->
                Optional.of(object(alarms.set(name, required(query, "state"), query.get("reason"), caller)));
            case "DELETE alarms/" -> {
                alarms.delete(name);
                yield Optional.of(new JsonObject());
            }
            default -> Optional.empty();
        };
    }

    /** {@code action=revert&to=REVISION}, or what {@link Action} names. */
    private Map<String, Object> act(ServiceId service, Map<String, String> query, Caller caller) {
        String action = required(query, "action");
        if (action.equals("revert")) return deployments.revert(service, required(query, "to"), caller);
        Action asked = ACTIONS.get(action);
        if (asked == null)
            throw ApiError.badRequest(
                    "ValidationException", "action: must be pause, continue, rollback, abort or revert");
        return deployments.ask(service, asked, caller);
    }

    private static ServiceId service(Map<String, String> query, String name) {
        return Names.service(query.get("cluster"), name);
    }

    private static String required(Map<String, String> query, String name) {
        String value = query.get(name);
        if (value == null || value.isBlank()) throw ApiError.badRequest("ValidationException", name + ": is required");
        return value;
    }

    private static JsonObject object(Map<String, Object> tree) {
        return new JsonObject(tree);
    }

    private static JsonObject items(List<Map<String, Object>> items) {
        return new JsonObject().put("items", new JsonArray(List.copyOf(items)));
    }
}
