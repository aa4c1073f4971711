package io.staithe.core.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an image is named: {@code [registry/]name[:tag][@digest]}. A tag may stand for another image tomorrow; a digest is the
 * hash of what it names.
 */
public final class ImageName {
    private static final int MAX_CHARS = 512;
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@-]*");
    /** OCI's, for the algorithms that are written in hexadecimal digits. */
    private static final Pattern DIGEST = Pattern.compile("[a-z0-9]{1,16}:[0-9a-f]{32,128}");

    private ImageName() {}

    /** @throws Invalid for what cannot be an image's name */
    static void check(String image, String field) {
        Check.text(image, field, MAX_CHARS);
        Check.that(FORM.matcher(image).matches(), field, "must be an image reference");
    }

    /** Whether it is the digest of a manifest, {@code sha256:...}. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** The digest by which an image is named; empty: it has a tag alone, or nothing. */
    public static Optional<String> digestOf(String image) {
        int at = image.indexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(image.substring(at + 1));
    }

    /** Whether an image that was given without a digest can be named with this one. */
    public static boolean allows(String image, String digest) {
        return isDigest(digest) && image.length() + 1 + digest.length() <= MAX_CHARS;
    }

    /** The image of this digest. A tag stays in the name, for people: whoever fetches it goes by the digest. */
    public static String at(String image, String digest) {
        return digestOf(image).isPresent() ? image : image + "@" + digest;
    }
}
