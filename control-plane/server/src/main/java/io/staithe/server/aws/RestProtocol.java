package io.staithe.server.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;

/** AWS REST JSON: method and path name the operation; path and query hold some of the parameters, the body the others. */
final class RestProtocol implements Protocol {
    private static final String CONTENT_TYPE = "application/json";

    private final HttpCall call;
    private final @Nullable Api api;
    private final String operation;
    private final Map<String, String> path;

    private record Found(Api api, RestRoute route, Map<String, String> path) {}

    /** @param service in the signature's scope */
    RestProtocol(HttpCall call, String service, List<Api> apis) {
        this.call = call;
        Optional<Found> found = apis.stream()
                .filter(one -> one.wire() == Api.Wire.REST && one.service().equals(service))
                .flatMap(one -> one.routes().stream()
                        .flatMap(route -> route.match(call).stream().map(parts -> new Found(one, route, parts))))
                .findFirst();
        api = found.map(Found::api).orElse(null);
        operation = found.map(one -> one.route().operation().name()).orElse("");
        path = found.map(Found::path).orElse(Map.of());
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
        Form query = Form.parse(call.query());
        for (SdkField<?> field : builder.sdkFields()) {
            String text =
                    switch (field.location()) {
                        case PATH, GREEDY_PATH -> path.get(field.locationName());
                        case QUERY_PARAM -> query.text(field.locationName());
                        default -> null;
                    };
            if (text != null) field.set(builder, value(text, field));
        }
    }

    private static Object value(String text, SdkField<?> field) {
        if (field.marshallingType().getKnownType() != MarshallingKnownType.INTEGER) return text;
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw JsonReader.serialization(field.locationName() + ": must be an integer of 32 bits");
        }
    }

    @Override
    public HttpAnswer answer(SdkPojo response, String requestId) {
        return Protocol.http(200, CONTENT_TYPE, requestId, JsonWriter.write(response));
    }

    @Override
    public HttpAnswer error(ApiError error, String requestId) {
        HttpAnswer answer = Protocol.http(error.status(), CONTENT_TYPE, requestId, JsonWriter.error(error));
        answer.headers().put("x-amzn-ErrorType", error.code());
        return answer;
    }

    @Override
    public ApiError unknownOperation() {
        return new ApiError(
                "UnknownOperationException", 404, "No operation that is served has this method and address.");
    }

    @Override
    public ApiError fault() {
        return new ApiError("InternalServerException", 500, "Please try again later.");
    }
}
