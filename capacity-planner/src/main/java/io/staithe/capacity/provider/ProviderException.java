package io.staithe.capacity.provider;

/** Why a call to a provider did not do what was asked. */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What may be done about it. */
    public enum Kind {
        /** No answer, or none that says anything: it may have happened all the same. Ask again later. */
        UNKNOWN,
        /** The provider is asked too often. Ask again later. */
        THROTTLED,
        /** It has no such host left now. Ask later, or for another type. */
        NO_CAPACITY,
        /** What the account may have is used up. Ask later. */
        LIMIT,
        /** It does not let us in. Nothing can be had until somebody mends that. */
        CREDENTIALS,
        /** What is asked for is wrong, and will always be. */
        INVALID;

        /** Whether other hosts would fare no better with this provider. */
        boolean concernsAll() {
            return this == UNKNOWN || this == THROTTLED || this == CREDENTIALS;
        }
    }

    private final Kind kind;

    public ProviderException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ProviderException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
