package io.staithe.server.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** How one call is read and answered: which API and operation it names, and the shape of its answers. */
sealed interface Protocol permits JsonProtocol, QueryProtocol, RestProtocol {
    /** The name of the operation asked for; may be of no operation that exists. */
    String operation();

    /** The API that has the operation, or null when none of the served ones does. */
    @Nullable
    Api api();

    /** Fills a builder with the call's parameters. */
    void read(SdkPojo builder);

    HttpAnswer answer(SdkPojo response, String requestId);

    HttpAnswer error(ApiError error, String requestId);

    /** What an operation that is not served is answered. */
    ApiError unknownOperation();

    /** What a fault of ours is answered; SDKs try again. */
    ApiError fault();

    static HttpAnswer http(int status, String contentType, String requestId, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType);
        headers.put("x-amzn-RequestId", requestId);
        return new HttpAnswer(status, headers, body);
    }
}
