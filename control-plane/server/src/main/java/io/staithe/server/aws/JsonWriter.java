package io.staithe.server.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes a response of the SDK's model as AWS's JSON: absent fields left out, times as epoch seconds with milliseconds. */
public final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonWriter() {}

    public static byte[] write(SdkPojo response) {
        return response instanceof Answer answer
                ? bytes(json -> object(json, answer.response(), answer.newer(), true))
                : bytes(json -> object(json, response, Newer.NONE, true));
    }

    static byte[] error(ApiError error) {
        return bytes(json -> {
            json.writeStartObject();
            json.writeStringField("__type", error.code());
            json.writeStringField("message", error.message());
            json.writeEndObject();
        });
    }

    private static void object(JsonGenerator json, SdkPojo pojo, Newer newer, boolean top) throws IOException {
        json.writeStartObject();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (!present(value, field, pojo, top)) continue;
            json.writeFieldName(field.locationName());
            value(json, value, newer.within(field.locationName()));
        }
        if (!newer.isEmpty()) newer(json, pojo, newer);
        json.writeEndObject();
    }

    private static void newer(JsonGenerator json, SdkPojo pojo, Newer newer) throws IOException {
        for (SdkField<?> member : NewerMembers.of(pojo)) {
            Object value = newer.get(member.locationName());
            if (value == null) continue;
            json.writeFieldName(member.locationName());
            value(json, value, Newer.NONE);
        }
    }

    private static boolean present(@Nullable Object value, SdkField<?> field, SdkPojo pojo, boolean top) {
        if (value instanceof SdkAutoConstructList) return top || EmptyLists.written(pojo, field);
        return value != null && !(value instanceof SdkAutoConstructMap);
    }

    private static void value(JsonGenerator json, @Nullable Object value, Newer newer) throws IOException {
        if (value == null) json.writeNull();
        else if (value instanceof String text) json.writeString(text);
        else if (value instanceof Integer number) json.writeNumber(number);
        else if (value instanceof Boolean flag) json.writeBoolean(flag);
        else if (value instanceof SdkPojo pojo) object(json, pojo, newer, false);
        else if (value instanceof List<?> list) list(json, list, newer);
        else if (value instanceof Map<?, ?> map) map(json, map);
        else if (value instanceof Instant time) json.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), 3));
        else if (value instanceof Long number) json.writeNumber(number);
        else if (value instanceof Double number) json.writeNumber(number);
        else if (value instanceof Float number) json.writeNumber(number);
        else if (value instanceof Short number) json.writeNumber(number);
        else if (value instanceof BigDecimal number) json.writeNumber(number);
        else if (value instanceof SdkBytes data)
            json.writeString(Base64.getEncoder().encodeToString(data.asByteArrayUnsafe()));
        else throw new IllegalStateException("no served API has a value of " + value.getClass());
    }

    private static void list(JsonGenerator json, List<?> list, Newer newer) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < list.size(); i++) value(json, list.get(i), newer.element(i));
        json.writeEndArray();
    }

    private static void map(JsonGenerator json, Map<?, ?> map) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            value(json, entry.getValue(), Newer.NONE);
        }
        json.writeEndObject();
    }

    private interface Body {
        void to(JsonGenerator json) throws IOException;
    }

    private static byte[] bytes(Body body) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            body.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
