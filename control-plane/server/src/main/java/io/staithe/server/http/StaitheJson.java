package io.staithe.server.http;

import io.staithe.server.apply.ApplyResult;
import io.staithe.server.apply.Explanation;
import io.staithe.server.apply.Rendering;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.HttpAnswer;
import io.staithe.server.manifest.ManifestError;
import io.staithe.server.manifest.ManifestFile;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code /staithe/v1/}. */
final class StaitheJson {
    private static final int MAX_FILES = 1000;

    private StaitheJson() {}

    static HttpAnswer answer(int status, JsonObject body) {
        return new HttpAnswer(
                status,
                Map.of("content-type", "application/json"),
                body.encode().getBytes(StandardCharsets.UTF_8));
    }

    static JsonObject error(String type, String message) {
        return new JsonObject().put("__type", type).put("message", message);
    }

    static JsonObject refusal(List<ManifestError> errors) {
        return error("ValidationException", errors.get(0).message()).put("errors", array(errors, StaitheJson::error));
    }

    /** {@code {"files":[{"name":"web.yaml","content":"..."}]}}. Anything else is an ApiError. */
    static List<ManifestFile> files(byte[] body) {
        try {
            JsonArray files = new JsonObject(new String(body, StandardCharsets.UTF_8)).getJsonArray("files");
            if (files == null || files.isEmpty()) throw invalid("files: is required");
            if (files.size() > MAX_FILES) throw invalid("files: must be at most " + MAX_FILES);
            List<ManifestFile> read = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                JsonObject file = files.getJsonObject(i);
                String name = file == null ? null : file.getString("name");
                String content = file == null ? null : file.getString("content");
                if (name == null || content == null) throw invalid("files[" + i + "]: needs a name and a content");
                read.add(ManifestFile.of(name, content));
            }
            return read;
        } catch (DecodeException | ClassCastException e) {
            throw invalid("The body must be {\"files\":[{\"name\":\"...\",\"content\":\"...\"}]}.");
        }
    }

    /** {@code {"arns":["arn:..."]}}. Anything else is an ApiError. */
    static List<String> arns(byte[] body) {
        try {
            JsonArray arns = new JsonObject(new String(body, StandardCharsets.UTF_8)).getJsonArray("arns");
            if (arns == null) throw invalid("arns: is required");
            List<String> read = new ArrayList<>();
            for (int i = 0; i < arns.size(); i++) {
                String arn = arns.getString(i);
                if (arn == null) throw invalid("arns[" + i + "]: must be text");
                read.add(arn);
            }
            return read;
        } catch (DecodeException | ClassCastException e) {
            throw invalid("The body must be {\"arns\":[\"...\"]}.");
        }
    }

    static JsonObject result(ApplyResult result) {
        return new JsonObject()
                .put("revision", result.revision())
                .put("dryRun", result.dryRun())
                .put("changes", array(result.changes(), StaitheJson::change))
                .put(
                        "tasks",
                        new JsonObject()
                                .put("start", array(result.tasks().start(), start -> task(
                                                start.task(), start.service(), start.why())
                                        .put("host", start.host())))
                                .put(
                                        "stop",
                                        array(
                                                result.tasks().stop(),
                                                stop -> task(stop.task(), stop.service(), stop.why())))
                                .put("move", array(result.tasks().move(), move -> task(
                                                move.task(), move.service(), move.why())
                                        .put("from", move.from())
                                        .put("to", move.to())))
                                .put(
                                        "waiting",
                                        array(
                                                result.tasks().waiting(),
                                                wait -> task(wait.task(), wait.service(), wait.why()))))
                .put("hosts", array(result.hosts(), host -> new JsonObject()
                        .put("action", host.action())
                        .put("type", host.type())
                        .put("capacityProvider", host.capacityProvider())
                        .put("hostGroup", host.hostGroup())
                        .put("count", host.count())
                        .put("costPerHour", host.costPerHour())
                        .put("why", host.why())
                        .put("whyType", host.whyType())))
                .put(
                        "capacity",
                        new JsonObject()
                                .put("providers", rendered(result.capacity().providers()))
                                .put("noHost", rendered(result.capacity().noHost())))
                .put("notes", new JsonArray(result.notes()));
    }

    static JsonObject explanation(Explanation explanation) {
        return new JsonObject()
                .put("about", explanation.about())
                .put("summary", explanation.summary())
                .put("lines", new JsonArray(explanation.lines()))
                .put("events", array(explanation.events(), event -> new JsonObject()
                        .put("at", event.at().toString())
                        .put("code", event.code())
                        .put("message", event.message())));
    }

    private static JsonArray rendered(List<? extends Record> items) {
        return array(List.copyOf(items), item -> new JsonObject(Rendering.of(item)));
    }

    private static JsonObject change(ApplyResult.ObjectChange change) {
        JsonObject json = new JsonObject()
                .put("kind", change.kind())
                .put("name", change.name())
                .put("action", change.action())
                .put("arn", change.arn())
                .put("differences", array(change.differences(), difference -> new JsonObject()
                        .put("field", difference.field())
                        .put("from", difference.from())
                        .put("to", difference.to())));
        return change.why() == null ? json : json.put("why", change.why());
    }

    private static JsonObject task(String task, @Nullable String service, String why) {
        JsonObject json = new JsonObject().put("task", task).put("why", why);
        return service == null ? json : json.put("service", service);
    }

    private static JsonObject error(ManifestError error) {
        return new JsonObject()
                .put("file", error.file())
                .put("document", error.document())
                .put("line", error.line())
                .put("field", error.field())
                .put("rule", error.rule());
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> toJson) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(toJson.apply(item)));
        return array;
    }

    private static ApiError invalid(String message) {
        return ApiError.badRequest("ValidationException", message);
    }
}
