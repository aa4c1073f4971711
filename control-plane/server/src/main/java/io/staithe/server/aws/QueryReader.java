package io.staithe.server.aws;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Reads the parameters of a query request into a request of the SDK's model. Unknown parameters are ignored; a value that is
 * not of its field's type is a {@code SerializationException} that names the field.
 */
final class QueryReader {
    private QueryReader() {}

    static void read(Form form, SdkPojo builder) {
        object(form, builder, FieldPath.ROOT);
    }

    private static void object(Form form, SdkPojo builder, FieldPath path) {
        for (SdkField<?> field : builder.sdkFields()) {
            Form child = form.child(field.locationName());
            if (child != null) field.set(builder, value(child, field, path.field(field.locationName())));
        }
    }

    private static Object value(Form form, SdkField<?> field, FieldPath path) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        return switch (type) {
            case LIST -> list(form, field.getTrait(ListTrait.class), path);
            case MAP -> map(form, field.getTrait(MapTrait.class), path);
            case SDK_POJO -> pojo(form, field.constructor().get(), path);
            default -> scalar(type, Objects.requireNonNullElse(form.value(), ""), path);
        };
    }

    private static Object pojo(Form form, SdkPojo builder, FieldPath path) {
        object(form, builder, path);
        return ((Buildable) builder).build();
    }

    private static List<Object> list(Form form, ListTrait trait, FieldPath path) {
        String name = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
        Form members = trait.isFlattened() ? form : form.child(name);
        List<Object> list = new ArrayList<>();
        if (members == null) return list;
        for (Form member : members.elements())
            list.add(value(member, trait.memberFieldInfo(), path.element(list.size())));
        return list;
    }

    private static Map<String, Object> map(Form form, MapTrait trait, FieldPath path) {
        Form entries = trait.isFlattened() ? form : form.child("entry");
        Map<String, Object> map = new LinkedHashMap<>();
        if (entries == null) return map;
        for (Form entry : entries.elements()) {
            String key = Objects.requireNonNullElse(entry.text(trait.keyLocationName()), "");
            Form value = entry.child(trait.valueLocationName());
            if (value != null) map.put(key, value(value, trait.valueFieldInfo(), path.field(key)));
        }
        return map;
    }

    private static Object scalar(MarshallingKnownType type, String text, FieldPath path) {
        try {
            return switch (type) {
                case STRING -> text;
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BIG_DECIMAL -> new BigDecimal(text);
                case BOOLEAN -> flag(text);
                case INSTANT -> Instant.parse(text);
                case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
                default -> throw new IllegalStateException(path + ": no served API has a field of the type " + type);
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw JsonReader.serialization(path + ": must be of the type " + type);
        }
    }

    private static Boolean flag(String text) {
        if (text.equals("true")) return true;
        if (text.equals("false")) return false;
        throw new IllegalArgumentException("neither true nor false");
    }
}
