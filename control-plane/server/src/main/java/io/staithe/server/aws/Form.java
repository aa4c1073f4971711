package io.staithe.server.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a query request as a tree: {@code Tags.member.1.Key=a} is the value {@code a} under four names. */
final class Form {
    private static final int MAX_DEPTH = 64;

    private final Map<String, Form> children = new LinkedHashMap<>();
    private @Nullable String value;

    private Form() {}

    /** @param encoded {@code application/x-www-form-urlencoded}, also as the query of a URL */
    static Form parse(String encoded) {
        Form root = new Form();
        for (String pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            root.at(name).value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        }
        return root;
    }

    @Nullable
    String value() {
        return value;
    }

    /** What stands under a name, or null. */
    @Nullable
    Form child(String name) {
        return children.get(name);
    }

    @Nullable
    String text(String name) {
        Form child = children.get(name);
        return child == null ? null : child.value;
    }

    /** The children named 1, 2, 3 and so on, up to the first that is missing. */
    List<Form> elements() {
        List<Form> elements = new ArrayList<>();
        Form next = children.get("1");
        while (next != null) {
            elements.add(next);
            next = children.get(Integer.toString(elements.size() + 1));
        }
        return elements;
    }

    private Form at(String name) {
        String[] parts = name.split("\\.", MAX_DEPTH + 1);
        if (parts.length > MAX_DEPTH) throw JsonReader.serialization("A parameter is nested too deeply.");
        Form form = this;
        for (String part : parts) form = form.children.computeIfAbsent(part, missing -> new Form());
        return form;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw JsonReader.serialization("A parameter is not valid percent-encoding.");
        }
    }
}
