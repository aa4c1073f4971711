package io.staithe.server.aws;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Objects of the SDK's model with a value in every field, from a seed. */
final class Filled {
    private static final int MAX_DEPTH = 6;
    private static final String CHARS = "abcXYZ019 \"\\<>&'%+=/.-_\u00e9\u4e16\t\n";

    private final Random random;

    Filled(long seed) {
        this.random = new Random(seed);
    }

    SdkPojo pojo(SdkPojo builder) {
        return (SdkPojo) pojo(builder, 0);
    }

    private Object pojo(SdkPojo builder, int depth) {
        for (SdkField<?> field : builder.sdkFields()) {
            String type = field.marshallingType().getKnownType().name();
            boolean left = type.equals("DOCUMENT") || (depth >= MAX_DEPTH && type.equals("SDK_POJO"));
            if (!left) field.set(builder, value(field, depth + 1));
        }
        return ((Buildable) builder).build();
    }

    private Object value(SdkField<?> field, int depth) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> text();
            case INTEGER -> random.nextInt();
            case LONG -> random.nextLong();
            case DOUBLE -> random.nextDouble() * 1000;
            case FLOAT -> random.nextFloat();
            case BOOLEAN -> random.nextBoolean();
            case INSTANT -> Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt(1_000_000));
            case SDK_BYTES -> SdkBytes.fromUtf8String(text());
            case LIST -> list(field.getTrait(ListTrait.class).memberFieldInfo(), depth);
            case MAP -> map(field.getTrait(MapTrait.class).valueFieldInfo(), depth);
            case SDK_POJO -> pojo(field.constructor().get(), depth);
            default -> throw new IllegalStateException("no value for " + field.marshallingType());
        };
    }

    private List<Object> list(SdkField<?> member, int depth) {
        return List.of(value(member, depth), value(member, depth));
    }

    private Map<String, Object> map(SdkField<?> member, int depth) {
        return Map.of("key-" + random.nextInt(1000), value(member, depth));
    }

    private String text() {
        var text = new StringBuilder("x");
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) text.append(CHARS.charAt(random.nextInt(CHARS.length())));
        return text.append('x').toString();
    }
}
