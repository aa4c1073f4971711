package io.staithe.server.auth;

import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.HttpCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The parts of a SigV4 {@code Authorization} header.
 *
 * @param date of the scope, {@code yyyyMMdd}
 * @param signedHeaders in the order given, lower case
 * @param signature 64 hexadecimal digits
 */
record Authorization(
        String accessKeyId, String date, String region, String service, List<String> signedHeaders, String signature) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final int MAX_SIGNED_HEADERS = 100;
    private static final Pattern SCOPE =
            Pattern.compile("([A-Za-z0-9_-]{1,128})/([0-9]{8})/([a-z0-9-]{1,64})/([a-z0-9-]{1,64})/aws4_request");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    /** @throws ApiError when the header is missing or is not of that form */
    static Authorization of(HttpCall call) {
        String header = call.header("authorization");
        if (header == null)
            throw ApiError.badRequest("MissingAuthenticationTokenException", "Missing Authentication Token");
        if (!header.startsWith(ALGORITHM + " ")) throw incomplete("Authorization must start with '" + ALGORITHM + "'.");
        Map<String, String> parts = parts(header.substring(ALGORITHM.length()));
        var scope = SCOPE.matcher(part(parts, "Credential"));
        if (!scope.matches()) throw incomplete("Credential must be KEY/YYYYMMDD/REGION/SERVICE/aws4_request.");
        List<String> signedHeaders = List.of(part(parts, "SignedHeaders").split(";", MAX_SIGNED_HEADERS + 1));
        if (signedHeaders.size() > MAX_SIGNED_HEADERS)
            throw incomplete("SignedHeaders must name at most " + MAX_SIGNED_HEADERS + " headers.");
        String signature = part(parts, "Signature");
        if (!SIGNATURE.matcher(signature).matches()) throw incomplete("Signature must be 64 hexadecimal digits.");
        return new Authorization(
                scope.group(1), scope.group(2), scope.group(3), scope.group(4), signedHeaders, signature);
    }

    String scope() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }

    private static Map<String, String> parts(String header) {
        Map<String, String> parts = new HashMap<>();
        for (String part : header.split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0)
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
        }
        return parts;
    }

    private static String part(Map<String, String> parts, String name) {
        String value = parts.get(name);
        if (value == null || value.isEmpty())
            throw incomplete("Authorization header requires '" + name + "' parameter.");
        return value;
    }

    static ApiError incomplete(String message) {
        return ApiError.badRequest("IncompleteSignatureException", message);
    }
}
