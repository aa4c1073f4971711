package io.staithe.loadbalancer;

import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one target has been through on this edge, as far as its health depends on it, and the health that follows. */
final class TargetLife {
    /** How long a drained server must have been without requests: one that was on its way to it is counted by then. */
    static final Duration QUIET = Duration.ofMillis(100);

    /** The same for all that has no check yet: each new text is a report. */
    static final String UNCHECKED = "not checked yet";

    /** @param why for people */
    record Verdict(State state, @Nullable String why) {}

    private final Instant since;
    private boolean wasUp;
    private @Nullable Instant leavingSince;
    private @Nullable Instant quietSince;
    private Verdict verdict = new Verdict(State.INITIAL, UNCHECKED);

    TargetLife(Instant since) {
        this.since = since;
    }

    Verdict verdict() {
        return verdict;
    }

    /** The target is to have requests. A proxy that is away says nothing about its targets: what was known stays. */
    void serve(boolean proxyRuns, @Nullable ObservedServer server, TargetGroup group, Instant now) {
        if (leavingSince != null) {
            leavingSince = null;
            quietSince = null;
            verdict = new Verdict(State.INITIAL, "back from draining");
        }
        if (!proxyRuns) return;
        verdict = serving(server, group, now);
    }

    private Verdict serving(@Nullable ObservedServer server, TargetGroup group, Instant now) {
        if (server == null) return new Verdict(State.INITIAL, UNCHECKED);
        if (server.mode() != ObservedServer.Mode.READY) return new Verdict(State.INITIAL, UNCHECKED);
        if (server.up()) {
            wasUp = true;
            return new Verdict(State.HEALTHY, null);
        }
        boolean decided = wasUp
                || Duration.between(since, now).compareTo(timeToDecide(group)) > 0
                || server.sinceChange().compareTo(timeToDecide(group)) > 0;
        return new Verdict(decided ? State.UNHEALTHY : State.INITIAL, server.check());
    }

    /** ELB: initial until the threshold of failed checks is reached. */
    private static Duration timeToDecide(TargetGroup group) {
        return Duration.ofSeconds((long) group.unhealthyThreshold() * group.intervalSeconds() + group.timeoutSeconds());
    }

    /**
     * The target is to end. Once unused it stays unused: its task may be stopping by now. The delay starts anew with the
     * agent, which makes a target leave later, never earlier.
     */
    void leave(boolean proxyRuns, @Nullable ObservedServer server, int delaySeconds, Instant now) {
        if (leavingSince == null) leavingSince = now;
        if (verdict.state() == State.UNUSED) return;
        verdict = leaving(proxyRuns, server, leavingSince.plusSeconds(delaySeconds), now);
    }

    private Verdict leaving(boolean proxyRuns, @Nullable ObservedServer server, Instant deadline, Instant now) {
        if (!proxyRuns || server == null) return new Verdict(State.UNUSED, "no server");
        if (!server.up()) return new Verdict(State.UNUSED, "down while draining: " + server.check());
        if (!now.isBefore(deadline)) return new Verdict(State.UNUSED, "the deregistration delay has passed");
        boolean quiet = server.mode() != ObservedServer.Mode.READY && server.sessions() == 0;
        if (!quiet) quietSince = null;
        else if (quietSince == null) quietSince = now;
        if (quietSince != null && !now.isBefore(quietSince.plus(QUIET))) return new Verdict(State.UNUSED, "drained");
        return new Verdict(State.DRAINING, "requests are left");
    }
}
