package io.staithe.server.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Reads JSON into a request of the SDK's model. As AWS does, it ignores fields that the model does not have and takes null
 * for absent; a value of the wrong type is a {@code SerializationException} that names its field. {@link NewerMembers} go along
 * with the request.
 */
public final class JsonReader {
    /** Deeper JSON than any request needs; bounds the recursion. */
    static final int MAX_DEPTH = 64;

    private static final ObjectReader TREE = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(AwsEndpoint.MAX_BODY_BYTES)
                            .maxDocumentLength(AwsEndpoint.MAX_BODY_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final Map<String, Object> newer = new TreeMap<>();

    private JsonReader() {}

    /** Fills a builder of a request; an empty body stands for {@code {}}. */
    public static void read(byte[] body, SdkPojo builder) {
        if (body.length == 0) return;
        JsonReader reader = new JsonReader();
        reader.object(tree(body), builder, FieldPath.ROOT);
        Newer.of(reader.newer).into(builder);
    }

    private static JsonNode tree(byte[] body) {
        try {
            return TREE.readTree(body);
        } catch (StreamConstraintsException e) {
            throw serialization("The request body is nested too deeply or too large.");
        } catch (JsonProcessingException e) {
            // Jackson's own words quote the body, which may hold a secret.
            var at = e.getLocation();
            throw serialization("The request body is not valid JSON"
                    + (at == null ? "." : " at line " + at.getLineNr() + ", column " + at.getColumnNr() + "."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void object(JsonNode node, SdkPojo builder, FieldPath path) {
        must(node.isObject(), "an object", node, path);
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = node.get(field.locationName());
            if (value == null || value.isNull()) continue;
            field.set(builder, value(value, field, path.field(field.locationName())));
        }
        for (SdkField<?> member : NewerMembers.of(builder)) {
            JsonNode value = node.get(member.locationName());
            if (value == null || value.isNull()) continue;
            FieldPath at = path.field(member.locationName());
            newer.put(at.toString(), value(value, member, at));
        }
    }

    private Object value(JsonNode node, SdkField<?> field, FieldPath path) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        return switch (type) {
            case STRING -> must(node.isTextual(), "a string", node, path).textValue();
            case BOOLEAN -> must(node.isBoolean(), "a boolean", node, path).booleanValue();
            case INTEGER ->
                must(node.isIntegralNumber() && node.canConvertToInt(), "an integer of 32 bits", node, path)
                        .intValue();
            case LONG ->
                must(node.isIntegralNumber() && node.canConvertToLong(), "an integer of 64 bits", node, path)
                        .longValue();
            case FLOAT -> must(node.isNumber(), "a number", node, path).floatValue();
            case DOUBLE -> must(node.isNumber(), "a number", node, path).doubleValue();
            case BIG_DECIMAL -> must(node.isNumber(), "a number", node, path).decimalValue();
            case INSTANT -> instant(must(node.isNumber(), "a time in epoch seconds", node, path), path);
            case SDK_BYTES -> bytes(must(node.isTextual(), "a base64 string", node, path), path);
            case LIST -> list(must(node.isArray(), "a list", node, path), field, path);
            case MAP -> map(must(node.isObject(), "an object", node, path), field, path);
            case SDK_POJO -> pojo(node, field.constructor(), path);
            case DOCUMENT -> throw ApiError.invalidParameter(path + ": is not supported");
            case SHORT, BYTE, NULL ->
                throw new IllegalStateException(path + ": no served API has a field of the type " + type);
        };
    }

    private Object pojo(JsonNode node, Supplier<SdkPojo> constructor, FieldPath path) {
        SdkPojo builder = constructor.get();
        object(node, builder, path);
        return ((Buildable) builder).build();
    }

    private List<Object> list(JsonNode node, SdkField<?> field, FieldPath path) {
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Object> list = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) list.add(value(node.get(i), member, path.element(i)));
        return list;
    }

    private Map<String, Object> map(JsonNode node, SdkField<?> field, FieldPath path) {
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> map = new LinkedHashMap<>();
        for (var entry : node.properties())
            map.put(entry.getKey(), value(entry.getValue(), member, path.field(entry.getKey())));
        return map;
    }

    private static Instant instant(JsonNode seconds, FieldPath path) {
        try {
            return Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1000));
        } catch (DateTimeException e) {
            throw serialization(path + ": is out of range for a time");
        }
    }

    private static SdkBytes bytes(JsonNode text, FieldPath path) {
        try {
            return SdkBytes.fromByteArray(Base64.getDecoder().decode(text.textValue()));
        } catch (IllegalArgumentException e) {
            throw serialization(path + ": is not valid base64");
        }
    }

    private static JsonNode must(boolean holds, String wanted, JsonNode found, FieldPath path) {
        if (holds) return found;
        String where = path.toString();
        throw serialization(
                (where.isEmpty() ? "The request body" : where) + ": must be " + wanted + ", but is " + name(found));
    }

    private static String name(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case BOOLEAN -> "a boolean";
            case NUMBER -> number(node);
            case NULL, MISSING, BINARY, POJO -> "null";
        };
    }

    /** Without the value itself: a number in a string's place may be a secret. */
    private static String number(JsonNode node) {
        if (!node.isIntegralNumber()) return "a number with a fraction";
        return node.canConvertToInt() ? "an integer" : "a larger integer";
    }

    static ApiError serialization(String message) {
        return ApiError.badRequest("SerializationException", message);
    }
}
