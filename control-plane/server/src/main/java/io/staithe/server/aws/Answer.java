package io.staithe.server.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A response with members that its class does not have.
 *
 * @param response of the SDK's model
 * @param newer of the response and of what is in it
 */
public record Answer(SdkPojo response, Newer newer) implements SdkPojo {
    @Override
    public List<SdkField<?>> sdkFields() {
        return response.sdkFields();
    }

    @Override
    public Map<String, SdkField<?>> sdkFieldNameToField() {
        return response.sdkFieldNameToField();
    }
}
