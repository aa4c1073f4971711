package io.staithe.server.aws;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes a response of the SDK's model as the XML of AWS's query protocol; times are ISO 8601. */
final class XmlWriter {
    private final StringBuilder out = new StringBuilder(512);

    private XmlWriter() {}

    static byte[] write(String operation, String namespace, SdkPojo response, String requestId) {
        XmlWriter xml = new XmlWriter();
        xml.out
                .append('<')
                .append(operation)
                .append("Response xmlns=\"")
                .append(namespace)
                .append("\">");
        xml.element(operation + "Result", () -> xml.fields(response));
        xml.element("ResponseMetadata", () -> xml.text("RequestId", requestId));
        xml.out.append("</").append(operation).append("Response>");
        return xml.bytes();
    }

    static byte[] error(ApiError error, String namespace, String requestId) {
        XmlWriter xml = new XmlWriter();
        xml.out.append("<ErrorResponse xmlns=\"").append(namespace).append("\">");
        xml.element("Error", () -> {
            xml.text("Type", error.status() < 500 ? "Sender" : "Receiver");
            xml.text("Code", error.code());
            xml.text("Message", error.message());
        });
        xml.text("RequestId", requestId);
        xml.out.append("</ErrorResponse>");
        return xml.bytes();
    }

    private void fields(SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap)
                continue;
            value(field.unmarshallLocationName(), field, value);
        }
    }

    private void value(String name, SdkField<?> field, Object value) {
        if (value instanceof SdkPojo pojo) element(name, () -> fields(pojo));
        else if (value instanceof List<?> list) list(name, field.getTrait(ListTrait.class), list);
        else if (value instanceof Map<?, ?> map) map(name, field.getTrait(MapTrait.class), map);
        else if (value instanceof SdkBytes data)
            text(name, Base64.getEncoder().encodeToString(data.asByteArrayUnsafe()));
        else if (value instanceof Instant time)
            text(name, Instant.ofEpochMilli(time.toEpochMilli()).toString());
        else text(name, value.toString());
    }

    private void list(String name, ListTrait trait, List<?> list) {
        String member = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
        Runnable members = () -> {
            for (Object element : list) value(trait.isFlattened() ? name : member, trait.memberFieldInfo(), element);
        };
        if (trait.isFlattened()) members.run();
        else element(name, members);
    }

    private void map(String name, MapTrait trait, Map<?, ?> map) {
        Runnable entries = () -> map.forEach((key, value) -> element(trait.isFlattened() ? name : "entry", () -> {
            text(trait.keyLocationName(), key.toString());
            value(trait.valueLocationName(), trait.valueFieldInfo(), value);
        }));
        if (trait.isFlattened()) entries.run();
        else element(name, entries);
    }

    private void element(String name, Runnable content) {
        out.append('<').append(name).append('>');
        content.run();
        out.append("</").append(name).append('>');
    }

    private void text(String name, String text) {
        element(name, () -> text.codePoints().forEach(this::escaped));
    }

    /** XML 1.0 cannot say most control characters at all, not even escaped: they become U+FFFD. */
    private void escaped(int c) {
        if (c == '<') out.append("&lt;");
        else if (c == '>') out.append("&gt;");
        else if (c == '&') out.append("&amp;");
        else if (c == '\r') out.append("&#13;");
        else if (unspeakable(c)) out.append('\uFFFD');
        else out.appendCodePoint(c);
    }

    private static boolean unspeakable(int c) {
        boolean control = c < ' ' && c != '\n' && c != '\t';
        return control || (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF;
    }

    private byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
