package io.staithe.server.auth;

import io.staithe.core.model.AccessKey;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Authenticator;
import io.staithe.server.aws.HttpCall;
import io.staithe.server.aws.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks AWS's Signature Version 4 in its header form. The signature covers the method, path, query, the named headers and
 * the whole body, and is good for five minutes around its time.
 */
public final class SignatureV4 implements Authenticator {
    /** AWS: five minutes either way. */
    public static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Function<String, Optional<AccessKey>> keys;
    private final SigningKeys signingKeys;

    /** @param keys finds an access key by its id, as it is now */
    public SignatureV4(Function<String, Optional<AccessKey>> keys, AccessKeys secrets) {
        this.keys = keys;
        this.signingKeys = new SigningKeys(secrets);
    }

    @Override
    public Identity authenticate(HttpCall call, Instant now) {
        Authorization claimed = Authorization.of(call);
        String time = time(call, claimed);
        checkSkew(time, now);
        checkHeaders(call, claimed);
        AccessKey key = keys.apply(claimed.accessKeyId()).orElseThrow(SignatureV4::unknownKey);
        if (call.header("x-amz-security-token") != null) throw unknownKey();
        byte[] signature = signature(call, claimed, time, key);
        if (!MessageDigest.isEqual(signature, HexFormat.of().parseHex(claimed.signature()))) throw doesNotMatch();
        return new Identity(key.id(), key.principal(), claimed.region(), claimed.service());
    }

    private byte[] signature(HttpCall call, Authorization claimed, String time, AccessKey key) {
        String canonical = CanonicalRequest.of(call, claimed.signedHeaders(), bodyHash(call));
        String toSign = Authorization.ALGORITHM + "\n" + time + "\n" + claimed.scope() + "\n"
                + Hashes.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8));
        return Hashes.hmac(signingKeys.of(key, claimed), toSign);
    }

    private static String time(HttpCall call, Authorization claimed) {
        String time = call.header("x-amz-date");
        if (time == null) throw Authorization.incomplete("Authorization header requires existence of 'X-Amz-Date'.");
        if (!time.startsWith(claimed.date()))
            throw Authorization.incomplete("Date in Credential scope does not match YYYYMMDD of X-Amz-Date.");
        return time;
    }

    private static void checkSkew(String time, Instant now) {
        Instant signed = parse(time);
        if (signed.isBefore(now.minus(MAX_SKEW)))
            throw ApiError.badRequest(
                    "RequestExpired",
                    "Signature expired: " + time + " is now earlier than " + TIME.format(now.minus(MAX_SKEW)) + " ("
                            + TIME.format(now) + " - 5 min.)");
        if (signed.isAfter(now.plus(MAX_SKEW)))
            throw ApiError.badRequest(
                    "RequestExpired",
                    "Signature not yet current: " + time + " is still later than " + TIME.format(now.plus(MAX_SKEW))
                            + " (" + TIME.format(now) + " + 5 min.)");
    }

    private static Instant parse(String time) {
        try {
            return LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw Authorization.incomplete("X-Amz-Date must be like 20250131T235959Z.");
        }
    }

    /** What decides about a request must be signed: where it goes, what it asks for, when. */
    private static void checkHeaders(HttpCall call, Authorization claimed) {
        for (String name : claimed.signedHeaders()) if (call.header(name) == null) throw doesNotMatch();
        if (!claimed.signedHeaders().contains("host")) throw unsigned("host");
        for (String name : call.headers().keySet())
            if (mustBeSigned(name) && !claimed.signedHeaders().contains(name)) throw unsigned(name);
    }

    private static boolean mustBeSigned(String header) {
        return header.startsWith("x-amz-") || header.startsWith("x-staithe-");
    }

    /** The hash of the body that came, whatever the client says of it. */
    private static String bodyHash(HttpCall call) {
        String hash = Hashes.sha256Hex(call.body());
        String declared = call.header("x-amz-content-sha256");
        if (declared != null && !declared.equals(hash))
            throw invalid("The provided 'x-amz-content-sha256' header does not match what was computed.");
        return hash;
    }

    private static ApiError unknownKey() {
        return ApiError.badRequest(
                "UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    private static ApiError unsigned(String header) {
        return invalid("'" + (header.length() <= 64 ? header : header.substring(0, 64))
                + "' must be a 'SignedHeader' in the AWS Authorization.");
    }

    private static ApiError doesNotMatch() {
        return invalid("The request signature we calculated does not match the signature you provided. Check your AWS"
                + " Secret Access Key and signing method. Consult the service documentation for details.");
    }

    private static ApiError invalid(String message) {
        return ApiError.badRequest("InvalidSignatureException", message);
    }
}
