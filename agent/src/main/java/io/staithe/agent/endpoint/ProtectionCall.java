package io.staithe.agent.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.agent.session.ProtectionAnswer;
import io.staithe.agent.session.ProtectionRequest;
import io.staithe.core.model.TaskId;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ECS's {@code task-protection/v1/state}: what may be asked, and in which words it is answered. */
final class ProtectionCall {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELDS = Set.of("ProtectionEnabled", "ExpiresInMinutes");

    private ProtectionCall() {}

    /**
     * The body of a PUT. Names count whatever their case, as in ECS's agent.
     *
     * @throws Refused when it is not what ECS's agent takes
     */
    static ProtectionRequest read(byte[] body, TaskId task, @Nullable String arn) throws Refused {
        JsonNode enabled = null;
        JsonNode minutes = null;
        for (Map.Entry<String, JsonNode> field : parse(body).properties()) {
            if (field.getKey().equalsIgnoreCase("ProtectionEnabled")) enabled = field.getValue();
            else if (field.getKey().equalsIgnoreCase("ExpiresInMinutes")) minutes = field.getValue();
            else
                throw new Refused(
                        null, "UpdateTaskProtection: failed to decode request: only " + FIELDS + " are known");
        }
        if (enabled == null || enabled.isNull())
            throw new Refused(arn, "Invalid request: does not contain 'ProtectionEnabled' field");
        boolean isWhole =
                minutes == null || minutes.isNull() || (minutes.canConvertToInt() && minutes.isIntegralNumber());
        if (!enabled.isBoolean() || !isWhole)
            throw new Refused(
                    null, "UpdateTaskProtection: failed to decode request: a boolean and a whole number are due");
        return new ProtectionRequest(
                task, enabled.booleanValue(), minutes == null || minutes.isNull() ? null : minutes.intValue());
    }

    private static JsonNode parse(byte[] body) throws Refused {
        try {
            JsonNode json = JSON.readTree(body);
            if (json != null && json.isObject()) return json;
        } catch (JsonProcessingException unreadable) {
            // told below
        } catch (IOException impossible) {
            throw new IllegalStateException("it is in memory", impossible);
        }
        throw new Refused(null, "UpdateTaskProtection: failed to decode request");
    }

    static Answer answer(ProtectionAnswer answer, @Nullable String arn) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (answer instanceof ProtectionAnswer.Protection protection) {
            json.putObject("protection")
                    .put("ProtectionEnabled", protection.enabled())
                    .put(
                            "ExpirationDate",
                            protection.expiresAt() == null
                                    ? null
                                    : protection.expiresAt().toString())
                    .put("TaskArn", arn);
            return Answer.json(200, json);
        }
        if (answer instanceof ProtectionAnswer.Failure failure) {
            json.putObject("failure")
                    .put("Arn", arn)
                    .put("Detail", failure.detail().isEmpty() ? null : failure.detail())
                    .put("Reason", failure.reason());
            return Answer.json(200, json);
        }
        ProtectionAnswer.Rejection error = (ProtectionAnswer.Rejection) answer;
        return error(error.status(), error.code(), arn, error.message());
    }

    static Answer error(int status, String code, @Nullable String arn, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode error = json.putObject("error");
        if (arn != null) error.put("Arn", arn);
        error.put("Code", code).put("Message", message);
        return Answer.json(status, json);
    }

    /** A request that cannot be read. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final @Nullable String arn;

        Refused(@Nullable String arn, String message) {
            super(message, null, false, false);
            this.arn = arn;
        }

        Answer answer() {
            return error(400, "InvalidParameterException", arn, String.valueOf(getMessage()));
        }
    }
}
