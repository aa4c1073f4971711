package io.staithe.server.aws;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** AWS query: {@code Action} and its parameters in a form or a URL, XML back. The signature's scope names the service. */
final class QueryProtocol implements Protocol {
    /** The query protocol has names of its own for what every API can answer. */
    private static final Map<String, String> CODES = Map.of(
            "InvalidSignatureException", "SignatureDoesNotMatch",
            "MissingAuthenticationTokenException", "MissingAuthenticationToken",
            "UnrecognizedClientException", "InvalidClientTokenId",
            "SerializationException", "MalformedInput",
            "AccessDeniedException", "AccessDenied");

    private final Form form;
    private final @Nullable Api api;

    QueryProtocol(Form form, String service, List<Api> apis) {
        this.form = form;
        api = apis.stream()
                .filter(a -> a.wire() == Api.Wire.QUERY && a.service().equals(service))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String operation() {
        return Objects.requireNonNullElse(form.text("Action"), "");
    }

    @Override
    public @Nullable Api api() {
        return api;
    }

    @Override
    public void read(SdkPojo builder) {
        QueryReader.read(form, builder);
    }

    @Override
    public HttpAnswer answer(SdkPojo response, String requestId) {
        return xml(200, requestId, XmlWriter.write(operation(), namespace(), response, requestId));
    }

    @Override
    public HttpAnswer error(ApiError error, String requestId) {
        String code = CODES.getOrDefault(error.code(), error.code());
        ApiError shown = new ApiError(code, error.status(), error.message());
        return xml(error.status(), requestId, XmlWriter.error(shown, namespace(), requestId));
    }

    @Override
    public ApiError unknownOperation() {
        return ApiError.badRequest(
                "InvalidAction", "Could not find operation " + JsonProtocol.shown(operation()) + " for this service.");
    }

    @Override
    public ApiError fault() {
        return new ApiError("InternalFailure", 500, "Service Unavailable. Please try again later.");
    }

    private String namespace() {
        return api == null ? "" : api.address();
    }

    private static HttpAnswer xml(int status, String requestId, byte[] body) {
        return Protocol.http(status, "text/xml", requestId, body);
    }
}
