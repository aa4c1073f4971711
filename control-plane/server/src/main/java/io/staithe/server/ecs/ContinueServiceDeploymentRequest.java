package io.staithe.server.ecs;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * ECS's request of that name, which is newer than the SDK's classes used here. Clients of other releases send it, and it is
 * read as all others are.
 */
final class ContinueServiceDeploymentRequest implements SdkPojo {
    private final @Nullable String serviceDeploymentArn;
    private final @Nullable String hookId;
    private final @Nullable String action;

    private ContinueServiceDeploymentRequest(Builder from) {
        serviceDeploymentArn = from.serviceDeploymentArn;
        hookId = from.hookId;
        action = from.action;
    }

    static Builder builder() {
        return new Builder();
    }

    @Nullable
    String serviceDeploymentArn() {
        return serviceDeploymentArn;
    }

    @Nullable
    String hookId() {
        return hookId;
    }

    /** CONTINUE, ROLLBACK, or absent: CONTINUE. */
    @Nullable
    String action() {
        return action;
    }

    @Override
    public List<SdkField<?>> sdkFields() {
        return Builder.FIELDS;
    }

    @Override
    public Map<String, SdkField<?>> sdkFieldNameToField() {
        return Builder.BY_NAME;
    }

    /** Fills one, field by field. */
    static final class Builder implements SdkPojo, SdkBuilder<Builder, ContinueServiceDeploymentRequest> {
        private static final List<SdkField<?>> FIELDS = List.of(
                field("serviceDeploymentArn", b -> b.serviceDeploymentArn, (b, to) -> b.serviceDeploymentArn = to),
                field("hookId", b -> b.hookId, (b, to) -> b.hookId = to),
                field("action", b -> b.action, (b, to) -> b.action = to));
        private static final Map<String, SdkField<?>> BY_NAME =
                FIELDS.stream().collect(Collectors.toUnmodifiableMap(SdkField::locationName, field -> field));

        private @Nullable String serviceDeploymentArn;
        private @Nullable String hookId;
        private @Nullable String action;

        Builder serviceDeploymentArn(@Nullable String to) {
            serviceDeploymentArn = to;
            return this;
        }

        Builder hookId(@Nullable String to) {
            hookId = to;
            return this;
        }

        Builder action(@Nullable String to) {
            action = to;
            return this;
        }

        private static SdkField<String> field(
                String name, Function<Builder, @Nullable String> get, BiConsumer<Builder, String> set) {
            return SdkField.builder(MarshallingType.STRING)
                    .memberName(name)
                    .getter(pojo -> get.apply(pojo instanceof Builder builder ? builder : filled(pojo)))
                    .setter((pojo, value) -> set.accept((Builder) pojo, value))
                    .traits(LocationTrait.builder()
                            .location(MarshallLocation.PAYLOAD)
                            .locationName(name)
                            .build())
                    .build();
        }

        private static Builder filled(Object built) {
            ContinueServiceDeploymentRequest request = (ContinueServiceDeploymentRequest) built;
            return new Builder()
                    .serviceDeploymentArn(request.serviceDeploymentArn)
                    .hookId(request.hookId)
                    .action(request.action);
        }

        @Override
        public List<SdkField<?>> sdkFields() {
            return FIELDS;
        }

        @Override
        public Map<String, SdkField<?>> sdkFieldNameToField() {
            return BY_NAME;
        }

        @Override
        public ContinueServiceDeploymentRequest build() {
            return new ContinueServiceDeploymentRequest(this);
        }
    }
}
