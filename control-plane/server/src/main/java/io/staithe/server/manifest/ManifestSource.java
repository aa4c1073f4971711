package io.staithe.server.manifest;

import java.util.Map;

/**
 * Where a document's fields stand in its file.
 *
 * @param document 1 for the first of the file
 * @param prefix the path of the document's root within the file, such as {@code taskDefinition}; mostly empty
 * @param lines of each field by its path within the file; the empty path is the whole
 */
public record ManifestSource(String file, int document, String prefix, Map<String, Integer> lines) {
    /** An error of a field, named from the document's root. */
    public ManifestError error(String field, String rule) {
        String path = join(prefix, field);
        return new ManifestError(file, document, line(path), path, rule);
    }

    /** The line of a field, or of the nearest thing around it that is there; 0 when nothing is known. */
    int line(String path) {
        String at = path;
        while (!at.isEmpty() && !lines.containsKey(at)) at = outer(at);
        return lines.getOrDefault(at, 0);
    }

    private static String outer(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    private static String join(String outer, String inner) {
        if (outer.isEmpty() || inner.isEmpty()) return outer + inner;
        return outer + (inner.startsWith("[") ? "" : ".") + inner;
    }
}
