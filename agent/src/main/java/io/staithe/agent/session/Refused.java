package io.staithe.agent.session;

/**
 * The control plane will not have this agent, and trying again is of no use.
 *
 * @param message the control plane's, for people
 */
public record Refused(Why why, String message) {
    public enum Why {
        /** The agent speaks another version of the protocol. */
        VERSION,
        /** The join token or the host's secret is wrong. */
        CREDENTIALS,
        /** The host has come back with a newer memory since: this agent works from an older copy. */
        STALE
    }
}
