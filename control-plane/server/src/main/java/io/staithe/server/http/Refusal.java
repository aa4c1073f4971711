package io.staithe.server.http;

import io.staithe.server.aws.HttpAnswer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request that is refused before anybody looks at what it asks for, in the shape that AWS clients understand. */
record Refusal(int status, String type, String message) {
    static final Refusal BUSY =
            new Refusal(503, "ServiceUnavailableException", "Too many requests are waiting; try again later.");
    static final Refusal STARTING =
            new Refusal(503, "ServiceUnavailableException", "The control plane is starting; try again later.");
    static final Refusal NOT_FOUND = new Refusal(404, "NotFoundException", "There is nothing at this address.");

    HttpAnswer answer() {
        byte[] body = new JsonObject()
                .put("__type", type)
                .put("message", message)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return new HttpAnswer(status, Map.of("content-type", "application/x-amz-json-1.1"), body);
    }
}
