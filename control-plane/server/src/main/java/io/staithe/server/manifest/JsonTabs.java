package io.staithe.server.manifest;

/**
 * JSON may be indented with tabs, and JSON is YAML, but the YAML parser takes no tab where a token could start. In a text that
 * begins as JSON does, tabs between tokens become spaces; lines and columns stay, and so do tabs inside quotes.
 */
final class JsonTabs {
    private JsonTabs() {}

    static String toSpaces(String text) {
        if (!text.stripLeading().startsWith("{") && !text.stripLeading().startsWith("[")) return text;
        char[] chars = text.toCharArray();
        char quote = 0;
        for (int i = 0; i < chars.length; i++) {
            char c = chars[i];
            if (quote == 0 && c == '\t') chars[i] = ' ';
            else if (quote == 0 && (c == '"' || c == '\'')) quote = c;
            else if (quote == '"' && c == '\\') i++;
            else if (c == quote) quote = 0;
        }
        return new String(chars);
    }
}
