package io.staithe.loadbalancer;

import io.staithe.core.assignment.Target;
import io.staithe.core.model.TargetGroup;
import io.staithe.loadbalancer.FakeTraffic.Backend;
import io.staithe.loadbalancer.ObservedServer.Mode;
import java.time.Duration;
import java.time.Instant;

/** A server of {@link FakeTraffic}, with its checks. */
final class FakeServer {
    private final Target target;
    private final TargetGroup group;
    private Mode mode;
    private boolean up;
    private Instant changed;
    private Instant nextCheck;
    private int weight;
    /** What it is owed of the requests so far; who is owed most gets the next one. */
    private int credit;
    /** Checks in a row that spoke against what the server is. */
    private int against;

    private String said = TargetLife.UNCHECKED;

    FakeServer(Target target, TargetGroup group, Mode mode, boolean up, int weight, Instant now) {
        this.target = target;
        this.group = group;
        this.mode = mode;
        this.up = up;
        this.weight = weight;
        this.changed = now;
        this.nextCheck = now.plus(interval());
    }

    void mode(Mode newMode) {
        mode = newMode;
    }

    int weight() {
        return weight;
    }

    void weight(int newWeight) {
        weight = newWeight;
    }

    int credit() {
        return credit;
    }

    void credit(int more) {
        credit += more;
    }

    boolean isUp() {
        return up;
    }

    boolean isUsable() {
        return up && mode == Mode.READY;
    }

    boolean isAt(String address, int port) {
        return target.address().equals(address) && target.port() == port;
    }

    String address() {
        return target.address() + ":" + target.port();
    }

    /** Makes the checks that were due until {@code now}; the backend has been the same since the last call. */
    void check(Backend backend, Instant now) {
        int threshold = Math.max(group.healthyThreshold(), group.unhealthyThreshold());
        for (int made = 0; !nextCheck.isAfter(now); made++) {
            result(backend, nextCheck);
            // Once the threshold is reached, more of the same change nothing, however much time has passed.
            nextCheck = made > threshold ? now.plus(interval()) : nextCheck.plus(interval());
        }
    }

    private void result(Backend backend, Instant at) {
        boolean passed = backend == Backend.ANSWERS;
        said = passed ? "L7OK 200" : backend == Backend.FAILS ? "L7STS 503" : "L4CON";
        against = passed == up ? 0 : against + 1;
        if (against < (up ? group.unhealthyThreshold() : group.healthyThreshold())) return;
        up = passed;
        against = 0;
        changed = at;
    }

    private Duration interval() {
        return up ? Duration.ofSeconds(group.intervalSeconds()) : Duration.ofMillis(HaproxyChecks.DOWN_INTERVAL_MILLIS);
    }

    ObservedServer seen(Instant now, int sessions) {
        return new ObservedServer(
                target.address(), target.port(), mode, up, Duration.between(changed, now), weight, sessions, said);
    }
}
