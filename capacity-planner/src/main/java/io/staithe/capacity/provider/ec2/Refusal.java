package io.staithe.capacity.provider.ec2;

import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What EC2's error codes mean; the codes are those of "Error codes for the Amazon EC2 API". */
final class Refusal {
    private static final Map<String, Kind> CODES = Map.ofEntries(
            Map.entry("InsufficientInstanceCapacity", Kind.NO_CAPACITY),
            Map.entry("InsufficientHostCapacity", Kind.NO_CAPACITY),
            Map.entry("InsufficientCapacity", Kind.NO_CAPACITY),
            Map.entry("InsufficientReservedInstanceCapacity", Kind.NO_CAPACITY),
            Map.entry("InsufficientFreeAddressesInSubnet", Kind.NO_CAPACITY),
            Map.entry("SpotMaxPriceTooLow", Kind.NO_CAPACITY),
            Map.entry("RequestLimitExceeded", Kind.THROTTLED),
            Map.entry("Throttling", Kind.THROTTLED),
            Map.entry("ThrottlingException", Kind.THROTTLED),
            Map.entry("EC2ThrottledException", Kind.THROTTLED),
            Map.entry("MaxSpotInstanceCountExceeded", Kind.LIMIT),
            Map.entry("AuthFailure", Kind.CREDENTIALS),
            Map.entry("UnauthorizedOperation", Kind.CREDENTIALS),
            Map.entry("InvalidClientTokenId", Kind.CREDENTIALS),
            Map.entry("SignatureDoesNotMatch", Kind.CREDENTIALS),
            Map.entry("ExpiredToken", Kind.CREDENTIALS),
            Map.entry("RequestExpired", Kind.CREDENTIALS),
            Map.entry("OptInRequired", Kind.CREDENTIALS),
            Map.entry("PendingVerification", Kind.CREDENTIALS),
            Map.entry("Blocked", Kind.CREDENTIALS));

    private Refusal() {}

    static ProviderException of(SdkException failure) {
        if (!(failure instanceof Ec2Exception refused))
            return new ProviderException(Kind.UNKNOWN, "EC2 does not answer: " + failure.getMessage(), failure);
        return new ProviderException(kind(code(refused), refused.statusCode()), text(refused), failure);
    }

    static String code(Ec2Exception refused) {
        String code = refused.awsErrorDetails() == null
                ? null
                : refused.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    private static String text(Ec2Exception refused) {
        return refused.awsErrorDetails() == null
                ? "EC2 answered " + refused.statusCode()
                : code(refused) + ": " + refused.awsErrorDetails().errorMessage();
    }

    /** Of a code that is not known its ending or beginning tells, and at last who is to blame by the status. */
    static Kind kind(String code, int status) {
        Kind known = CODES.get(code);
        if (known != null) return known;
        if (code.endsWith("LimitExceeded")) return Kind.LIMIT;
        return status >= 400 && status < 500 && !code.isEmpty() ? Kind.INVALID : Kind.UNKNOWN;
    }
}
