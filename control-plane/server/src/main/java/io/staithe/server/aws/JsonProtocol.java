package io.staithe.server.aws;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** AWS JSON 1.0 and 1.1: {@code X-Amz-Target: ADDRESS.OPERATION}, one JSON object each way. Also answers what names nothing. */
final class JsonProtocol implements Protocol {
    private final HttpCall call;
    private final String operation;
    private final @Nullable Api api;
    private final String contentType;

    JsonProtocol(HttpCall call, List<Api> apis) {
        this.call = call;
        String target = call.header("x-amz-target") == null ? "" : String.valueOf(call.header("x-amz-target"));
        int dot = target.lastIndexOf('.');
        operation = target.substring(dot + 1);
        String address = dot < 0 ? "" : target.substring(0, dot);
        api = apis.stream()
                .filter(a -> a.wire() == Api.Wire.JSON && a.address().equals(address))
                .findFirst()
                .orElse(null);
        String asked = String.valueOf(call.header("content-type"));
        contentType = asked.startsWith("application/x-amz-json-1.0")
                ? "application/x-amz-json-1.0"
                : "application/x-amz-json-1.1";
    }

    @Override
    public String operation() {
        return operation;
    }

    @Override
    public @Nullable Api api() {
        return api;
    }

    @Override
    public void read(SdkPojo builder) {
        JsonReader.read(call.body(), builder);
    }

    @Override
    public HttpAnswer answer(SdkPojo response, String requestId) {
        return Protocol.http(200, contentType, requestId, JsonWriter.write(response));
    }

    @Override
    public HttpAnswer error(ApiError error, String requestId) {
        return Protocol.http(error.status(), contentType, requestId, JsonWriter.error(error));
    }

    @Override
    public ApiError unknownOperation() {
        String message = operation.isEmpty()
                ? "The request names no operation: X-Amz-Target and Action are missing."
                : "The operation " + shown(operation) + " is not served.";
        return ApiError.badRequest("UnknownOperationException", message);
    }

    @Override
    public ApiError fault() {
        return ApiError.server("Service Unavailable. Please try again later.");
    }

    /** Names from the wire are shown short and without anything but letters and digits. */
    static String shown(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9]", "?");
        return clean.length() <= 64 ? clean : clean.substring(0, 64);
    }
}
