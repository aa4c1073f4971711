package io.staithe.cli.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * AWS Signature Version 4, the signer's side. The SDK's signer gives the same signatures (a test compares them), and adds
 * 0.07 s to a call that takes 0.3 s of processor time in all (both measured with a class archive).
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a
 *     signed AWS API request</a>
 */
record Signature(Credentials credentials, String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    /** SHA-256's. */
    private static final int BLOCK_BYTES = 64;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * The headers that sign a request; they join the ones given.
     *
     * @param path as it stands in the request line, encoded
     * @param query as it stands in the request line, encoded; empty for none
     * @param headers all that are to be signed, {@code Host} among them, by lower-case name
     */
    Map<String, String> sign(
            String method, String path, String query, Map<String, String> headers, byte[] body, Instant at) {
        String time = TIME.format(at);
        String date = time.substring(0, 8);
        String bodyHash = hex(sha256(body));
        TreeMap<String, String> added = new TreeMap<>(Map.of("x-amz-date", time, "x-amz-content-sha256", bodyHash));
        if (credentials.sessionToken() != null) added.put("x-amz-security-token", credentials.sessionToken());
        TreeMap<String, String> signed = new TreeMap<>(headers);
        signed.putAll(added);

        String names = String.join(";", signed.keySet());
        String canonical = String.join(
                "\n",
                method,
                encode(path).replace("%2F", "/"),
                Stream.of(query.split("&")).sorted(Signature::byName).collect(Collectors.joining("&")),
                signed.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                        .collect(Collectors.joining()),
                names,
                bodyHash);
        String scope = date + "/" + region + "/" + service + "/aws4_request";
        String toSign = String.join("\n", ALGORITHM, time, scope, hex(sha256(bytes(canonical))));
        String signature = hex(hmac(key(date), toSign));

        added.put(
                "authorization",
                "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(ALGORITHM, credentials.accessKeyId(), scope, names, signature));
        return added;
    }

    /** Of pairs {@code name=value}; the same names by their values. */
    private static int byName(String a, String b) {
        int names = a.split("=")[0].compareTo(b.split("=")[0]);
        return names != 0 ? names : a.compareTo(b);
    }

    private byte[] key(String date) {
        byte[] key = bytes("AWS4" + credentials.secretAccessKey());
        for (String part : new String[] {date, region, service, "aws4_request"}) key = hmac(key, part);
        return key;
    }

    /** Percent-encoding of RFC 3986, which leaves letters, digits and {@code -._~} alone. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : bytes(text)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            if (plain) encoded.append(c);
            else encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return encoded.toString();
    }

    /**
     * HMAC-SHA256 of RFC 2104, by hand: asking the JDK for a {@code Mac} starts four security providers, a seventh of a
     * call's time, and asking for a digest starts one.
     */
    private static byte[] hmac(byte[] key, String text) {
        byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? sha256(key) : key, BLOCK_BYTES);
        return sha256(mixed(block, 0x5c), sha256(mixed(block, 0x36), bytes(text)));
    }

    private static byte[] mixed(byte[] block, int pad) {
        byte[] mixed = new byte[block.length];
        for (int i = 0; i < block.length; i++) mixed[i] = (byte) (block[i] ^ pad);
        return mixed;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) digest.update(part);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static String hex(byte[] content) {
        return HexFormat.of().formatHex(content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
