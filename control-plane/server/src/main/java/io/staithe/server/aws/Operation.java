package io.staithe.server.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * One operation of an AWS API, on the SDK's own request and response classes:
 * {@code new Operation<>("ListClusters", ListClustersRequest::builder, clusters::list)}.
 *
 * @param name as on the wire; it differs at times from the class's name
 * @param request makes an empty builder of the request
 */
public record Operation<I extends SdkPojo, O extends SdkPojo>(
        String name, Supplier<? extends SdkBuilder<?, I>> request, Handler<I, O> handler) {
    /** Answers a request, on a thread that may block. */
    @FunctionalInterface
    public interface Handler<I, O> {
        /**
         * The answer.
         *
         * @throws ApiError when the caller is to read an error of the API
         */
        O handle(I request, Caller caller);
    }
}
