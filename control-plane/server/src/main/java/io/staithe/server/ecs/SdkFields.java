package io.staithe.server.ecs;

import io.staithe.server.aws.NewerShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The fields of an API shape by the model's names: those of the API with a small first letter. Kept for each class. */
final class SdkFields {
    private static final Map<Class<?>, Map<String, SdkField<?>>> KNOWN = new ConcurrentHashMap<>();

    private SdkFields() {}

    static Map<String, SdkField<?>> of(SdkPojo shape) {
        // A newer shape shares its class with all others.
        if (shape instanceof NewerShape) return byName(shape);
        return KNOWN.computeIfAbsent(shape.getClass(), type -> byName(shape));
    }

    private static Map<String, SdkField<?>> byName(SdkPojo shape) {
        Map<String, SdkField<?>> fields = new LinkedHashMap<>();
        for (SdkField<?> field : shape.sdkFields()) fields.put(modelName(field.memberName()), field);
        return Collections.unmodifiableMap(fields);
    }

    private static String modelName(String member) {
        return Character.toLowerCase(member.charAt(0)) + member.substring(1);
    }
}
