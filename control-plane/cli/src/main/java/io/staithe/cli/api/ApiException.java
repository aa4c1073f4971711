package io.staithe.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The API said no. */
public final class ApiException extends Failure {
    private final String code;
    private final List<String> lines;

    private ApiException(String code, List<String> lines) {
        super(lines.get(0));
        this.code = code;
        this.lines = List.copyOf(lines);
    }

    /** @param body the API's error: {@code __type}, {@code message} and, from {@code apply}, all {@code errors} */
    static ApiException of(int status, JsonNode body) {
        String type = body.path("__type").asText("HTTP " + status);
        String code = type.substring(type.indexOf('#') + 1);
        List<String> lines = new ArrayList<>();
        for (JsonNode error : body.path("errors")) lines.add(code + ": " + placed(error));
        if (lines.isEmpty())
            lines.add(code + ": "
                    + body.path("message").asText(body.path("Message").asText("no message")));
        return new ApiException(code, lines);
    }

    private static String placed(JsonNode error) {
        String place = error.path("file").asText("");
        if (error.path("document").asInt() > 0)
            place += ", document " + error.path("document").asInt();
        if (error.path("line").asInt() > 0)
            place += ", line " + error.path("line").asInt();
        String field = error.path("field").asText("");
        return place + ": " + (field.isEmpty() ? "" : field + ": ")
                + error.path("rule").asText(error.path("message").asText());
    }

    /** The API's name of the error, such as {@code ServiceNotFoundException}. */
    public String code() {
        return code;
    }

    /** One line for each thing that is wrong. */
    public List<String> lines() {
        return lines;
    }
}
