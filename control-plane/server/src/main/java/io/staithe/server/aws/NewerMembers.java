package io.staithe.server.aws;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.LocationTrait;

/**
 * What AWS's shapes have gained since the release of the SDK whose classes are used here. Readers take these members beside
 * the ones that a class has, and put their values into {@link Newer}; a member that the SDK has caught up with is deleted
 * here, and nothing else changes.
 */
public final class NewerMembers {
    private static final Map<String, List<SdkField<?>>> MEMBERS = Map.of(
            "DeploymentCircuitBreaker",
                    List.of(
                            structure(
                                    "thresholdConfiguration",
                                    "DeploymentCircuitBreakerThresholdConfiguration",
                                    text("type"),
                                    number("value")),
                            flag("resetOnHealthyTask")),
            "DeploymentLifecycleHook",
                    List.of(
                            text("targetType"),
                            structure(
                                    "timeoutConfiguration",
                                    "DeploymentLifecycleHookTimeoutConfiguration",
                                    number("timeoutInMinutes"),
                                    text("action"))));

    private NewerMembers() {}

    /** Those of a shape or of its builder; mostly none. */
    public static List<SdkField<?>> of(SdkPojo shape) {
        return MEMBERS.getOrDefault(name(shape), List.of());
    }

    /** What AWS's model calls the shape, also of a builder of it. */
    public static String name(SdkPojo shape) {
        if (shape instanceof NewerShape newer) return newer.name();
        Class<?> builds = shape.getClass().getEnclosingClass();
        return (builds == null ? shape.getClass() : builds).getSimpleName();
    }

    private static SdkField<String> text(String name) {
        return field(MarshallingType.STRING, name, null);
    }

    private static SdkField<Integer> number(String name) {
        return field(MarshallingType.INTEGER, name, null);
    }

    private static SdkField<Boolean> flag(String name) {
        return field(MarshallingType.BOOLEAN, name, null);
    }

    private static SdkField<SdkPojo> structure(String name, String shape, SdkField<?>... fields) {
        return field(MarshallingType.SDK_POJO, name, () -> new NewerShape(shape, List.of(fields)));
    }

    @SuppressWarnings("unchecked") // the field's own type is what it was set to
    private static <T> SdkField<T> field(
            MarshallingType<? super T> type, String name, java.util.function.@Nullable Supplier<SdkPojo> constructor) {
        return SdkField.builder((MarshallingType<T>) type)
                .memberName(name)
                .getter(shape -> shape instanceof NewerShape newer ? (T) newer.get(name) : null)
                .setter((shape, value) -> ((NewerShape) shape).set(name, value))
                .constructor(constructor)
                .traits(LocationTrait.builder()
                        .location(MarshallLocation.PAYLOAD)
                        .locationName(name)
                        .build())
                .build();
    }
}
