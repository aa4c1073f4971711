package io.staithe.loadbalancer;

import java.nio.charset.StandardCharsets;

/**
 * Text from users as one word of an HAProxy configuration or command, whatever it holds. Letters, digits and a few
 * characters without a meaning there are written as they are; every other byte as {@code \xHH}, which HAProxy's reader
 * turns back after it has found where the word ends (Configuration Manual 2.2, "Quoting and escaping"). So no text can end
 * its word, its line or its section, begin a comment, or name a variable.
 */
final class Token {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,";

    private Token() {}

    static String of(String text) {
        if (text.indexOf('\0') >= 0) throw new IllegalArgumentException("text must not hold the character 0");
        StringBuilder token = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf((char) b) >= 0) token.append((char) b);
            else token.append("\\x%02x".formatted(b & 0xff));
        }
        return token.toString();
    }

    /** For where HAProxy reads a format: {@code %} stands for itself. */
    static String inFormat(String text) {
        return of(text.replace("%", "%%"));
    }

    /** A pattern with {@code *} and {@code ?} as an anchored regular expression in which nothing else has a meaning. */
    static String wildcard(String pattern, String suffix) {
        StringBuilder regex = new StringBuilder("^");
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') regex.append(".*");
            else if (c == '?') regex.append('.');
            else if (Character.isLetterOrDigit(c) || c > 127) regex.append(c);
            else regex.append('\\').append(c);
        }
        return of(regex.append(suffix).append('$').toString());
    }
}
