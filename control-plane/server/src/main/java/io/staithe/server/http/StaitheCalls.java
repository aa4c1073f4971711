package io.staithe.server.http;

import io.staithe.core.model.Invalid;
import io.staithe.server.apply.ManifestsRefused;
import io.staithe.server.apply.Rendering;
import io.staithe.server.apply.StaitheApi;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Authenticator;
import io.staithe.server.aws.Caller;
import io.staithe.server.aws.HttpAnswer;
import io.staithe.server.aws.HttpCall;
import io.staithe.server.capacity.CapacityApi;
import io.staithe.server.costs.CostsApi;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is under {@code /staithe/v1/} and no stream: finds the operation, checks the signature, reads, calls, writes. */
public final class StaitheCalls {
    private static final String PREFIX = "/staithe/v1/";
    private static final List<String> LISTED =
            List.of("load-balancers", "listeners", "rules", "target-groups", "schedules", "host-groups");
    private static final Logger LOG = Logger.getLogger(StaitheCalls.class);

    private final StaitheApi api;
    private final CapacityApi capacity;
    private final DeploymentCalls deployments;
    private final CostsApi costs;
    private final Authenticator authenticator;
    private final String account;
    private final InstantSource clock;

    public StaitheCalls(
            StaitheApi api,
            CapacityApi capacity,
            DeploymentCalls deployments,
            CostsApi costs,
            Authenticator authenticator,
            String account,
            InstantSource clock) {
        this.api = api;
        this.capacity = capacity;
        this.deployments = deployments;
        this.costs = costs;
        this.authenticator = authenticator;
        this.account = account;
        this.clock = clock;
    }

    /** Never throws: whatever goes wrong is an answer. */
    public HttpAnswer handle(HttpCall call) {
        String requestId = UUID.randomUUID().toString();
        try {
            Instant now = clock.instant();
            Caller caller = Caller.of(call, authenticator.authenticate(call, now), account, requestId, now);
            return StaitheJson.answer(200, dispatch(call, caller));
        } catch (ManifestsRefused refused) {
            return StaitheJson.answer(400, StaitheJson.refusal(refused.errors()));
        } catch (ApiError error) {
            return StaitheJson.answer(error.status(), StaitheJson.error(error.code(), error.message()));
        } catch (Invalid invalid) {
            return StaitheJson.answer(
                    400, StaitheJson.error("ValidationException", String.valueOf(invalid.getMessage())));
        } catch (RuntimeException fault) {
            LOG.errorf(fault, "request %s failed", requestId);
            return StaitheJson.answer(
                    500,
                    StaitheJson.error("ServerException", "The control plane failed; its log has request " + requestId));
        }
    }

    private JsonObject dispatch(HttpCall call, Caller caller) {
        List<String> path = path(call.path());
        Map<String, String> query = Query.parse(call.query());
        String operation = call.method() + " " + (path.isEmpty() ? "" : path.get(0));
        boolean listed = !path.isEmpty() && LISTED.contains(path.get(0));
        if (operation.equals("POST apply") && path.size() == 1)
            return StaitheJson.result(
                    api.apply(StaitheJson.files(call.body()), flag(query, "dryRun"), revision(query), caller));
        if (operation.equals("POST delete") && path.size() == 1)
            return StaitheJson.result(api.delete(StaitheJson.files(call.body()), flag(query, "dryRun"), caller));
        if (operation.equals("POST describe") && path.size() == 1)
            return new JsonObject()
                    .put("items", new JsonArray(List.copyOf(api.describe(StaitheJson.arns(call.body())))));
        if (operation.equals("GET explain") && path.size() >= 3)
            return StaitheJson.explanation(api.explain(
                    path.get(1), query.get("cluster"), String.join("/", path.subList(2, path.size())), caller));
        if (operation.equals("GET provisioned-hosts") && path.size() == 1)
            return new JsonObject().put("items", new JsonArray(capacity.hosts(query.get("cluster"), caller)));
        if (operation.equals("GET capacity") && path.size() == 1)
            return new JsonObject(Rendering.of(capacity.standing(query.get("cluster"), query.get("name"), caller)));
        if (operation.equals("GET costs") && path.size() == 1) return new JsonObject(costs.costs(query, caller.now()));
        if (listed && call.method().equals("GET") && path.size() == 1)
            return new JsonObject().put("items", new JsonArray(List.copyOf(api.list(path.get(0), caller))));
        if (listed && call.method().equals("DELETE") && path.size() >= 2) {
            api.delete(path.get(0), String.join("/", path.subList(1, path.size())));
            return new JsonObject();
        }
        return deployments.dispatch(call.method(), path, query, caller).orElseThrow(StaitheCalls::notFound);
    }

    private static ApiError notFound() {
        return new ApiError(Refusal.NOT_FOUND.type(), Refusal.NOT_FOUND.status(), Refusal.NOT_FOUND.message());
    }

    private static List<String> path(String path) {
        if (!path.startsWith(PREFIX)) return List.of();
        return Arrays.stream(path.substring(PREFIX.length()).split("/"))
                .filter(part -> !part.isEmpty())
                .map(StaitheCalls::decode)
                .toList();
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest("ValidationException", "The path is not well encoded.");
        }
    }

    private static boolean flag(Map<String, String> query, String name) {
        String value = query.getOrDefault(name, "false");
        if (value.equals("true")) return true;
        if (value.equals("false")) return false;
        throw ApiError.badRequest("ValidationException", name + ": must be true or false");
    }

    private static @Nullable Long revision(Map<String, String> query) {
        String value = query.get("expectedRevision");
        if (value == null) return null;
        if (!value.matches("[0-9]{1,18}"))
            throw ApiError.badRequest("ValidationException", "expectedRevision: must be a number");
        return Long.valueOf(value);
    }
}
