package io.staithe.server.auth;

import io.staithe.server.aws.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The text that both sides of SigV4 derive from a request. */
final class CanonicalRequest {
    private CanonicalRequest() {}

    static String of(HttpCall call, List<String> signedHeaders, String bodyHash) {
        var text = new StringBuilder(512);
        text.append(call.method()).append('\n');
        text.append(encoded(normalized(call.path()))).append('\n');
        text.append(query(call.query())).append('\n');
        for (String name : signedHeaders)
            text.append(name).append(':').append(header(call, name)).append('\n');
        text.append('\n').append(String.join(";", signedHeaders)).append('\n').append(bodyHash);
        return text.toString();
    }

    private static String header(HttpCall call, String name) {
        List<String> values = new ArrayList<>();
        for (String value : call.headers().getOrDefault(name, List.of()))
            values.add(value.strip().replaceAll(" +", " "));
        return String.join(",", values);
    }

    /** RFC 3986 without dot segments and double slashes, as every AWS service but S3 has it. */
    private static String normalized(String path) {
        List<String> kept = new ArrayList<>();
        String[] segments = path.split("/", -1);
        for (String segment : segments) {
            if (segment.equals("..") && !kept.isEmpty()) kept.remove(kept.size() - 1);
            else if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) kept.add(segment);
        }
        String last = segments[segments.length - 1];
        boolean folder = last.isEmpty() || last.equals(".") || last.equals("..");
        return "/" + String.join("/", kept) + (folder && !kept.isEmpty() ? "/" : "");
    }

    /** The path as sent, percent-encoded once more; slashes stay. */
    private static String encoded(String path) {
        var text = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (unreserved(c) || c == '/') text.append(c);
            else percent(text, b);
        }
        return text.toString();
    }

    private static String query(String query) {
        if (query.isEmpty()) return "";
        List<String> pairs = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            // '=' sorts after what names may begin with; a separator below every character keeps "a" before "a-b".
            pairs.add(reencoded(name) + '\0' + (equals < 0 ? "" : reencoded(pair.substring(equals + 1))));
        }
        Collections.sort(pairs);
        return String.join("&", pairs).replace('\0', '=');
    }

    /** Decoded and encoded again, so that {@code +}, {@code %2f} and {@code /} each end in the one form that AWS signs. */
    private static String reencoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '%' && i + 2 < bytes.length) {
                int high = Character.digit(bytes[i + 1], 16);
                int low = Character.digit(bytes[i + 2], 16);
                if (high >= 0 && low >= 0) {
                    b = (byte) (high * 16 + low);
                    i += 2;
                }
            } else if (b == '+') {
                b = ' ';
            }
            if (unreserved((char) (b & 0xFF))) out.append((char) b);
            else percent(out, b);
        }
        return out.toString();
    }

    private static boolean unreserved(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '~';
    }

    private static void percent(StringBuilder out, byte b) {
        out.append('%')
                .append(Character.toUpperCase(Character.forDigit((b >> 4) & 0xF, 16)))
                .append(Character.toUpperCase(Character.forDigit(b & 0xF, 16)));
    }
}
