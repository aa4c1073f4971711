package io.staithe.server.manifest;

import java.nio.charset.StandardCharsets;

/**
 * A file as the user has it.
 *
 * @param name what errors call it; it is never opened
 */
@SuppressWarnings("ArrayRecordComponent") // files are never compared
public record ManifestFile(String name, byte[] content) {
    public static ManifestFile of(String name, String content) {
        return new ManifestFile(name, content.getBytes(StandardCharsets.UTF_8));
    }
}
