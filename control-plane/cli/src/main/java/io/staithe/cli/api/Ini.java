package io.staithe.cli.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** The format of AWS's profile files: {@code [section]} lines, {@code key = value} lines, comments with # and ;. */
final class Ini {
    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    private Ini() {}

    static Ini parse(String text) {
        Ini ini = new Ini();
        String section = "default";
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) continue;
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip();
            } else if (equals > 0 && !Character.isWhitespace(raw.charAt(0))) { // indented lines are nested settings
                ini.sections
                        .computeIfAbsent(section, name -> new LinkedHashMap<>())
                        .put(
                                line.substring(0, equals).strip(),
                                line.substring(equals + 1).strip());
            }
        }
        return ini;
    }

    /** The settings under that heading; none when there is no such heading. */
    Map<String, String> section(String name) {
        return sections.getOrDefault(name, Map.of());
    }
}
