package io.staithe.core.gateway;

/** Why an agent is not let in. */
public record Refusal(Code code, String message) {
    public enum Code {
        VERSION,
        CREDENTIALS,
        /** An older incarnation of a host that has come back since. */
        STALE,
        INVALID,
        BUSY
    }
}
