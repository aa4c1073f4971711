package io.staithe.server.manifest;

/**
 * Why a file is refused.
 *
 * @param document 1 for the first of the file; 0: the whole file is meant
 * @param line 1 for the first of the file; 0: no line in particular
 * @param field such as {@code containerDefinitions[0].image}; empty: the whole document is meant
 * @param rule what does not hold, such as {@code is required}
 */
public record ManifestError(String file, int document, int line, String field, String rule) {
    /** {@code web.yaml, document 2, line 14: containerDefinitions[0].image: is required}. */
    public String message() {
        return file
                + (document == 0 ? "" : ", document " + document)
                + (line == 0 ? "" : ", line " + line)
                + ": "
                + (field.isEmpty() ? "" : field + ": ")
                + rule;
    }
}
