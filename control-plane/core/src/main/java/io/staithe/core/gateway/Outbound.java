package io.staithe.core.gateway;

import io.staithe.core.assignment.Assignment;
import java.time.Duration;

/** Something to send to a session. */
public sealed interface Outbound {
    long session();

    record Welcome(long session, Duration heartbeatInterval, String epoch) implements Outbound {}

    /** The session ends with it. */
    record Refused(long session, Refusal refusal) implements Outbound {}

    record Deliver(long session, Assignment.Delta delta) implements Outbound {}

    /** The session is over: replaced by a newer one of the same host, silent for too long, or of a lost lease. */
    record Close(long session, String reason) implements Outbound {}
}
