package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the mover of a cluster must remember: a new leader neither moves more within an hour than is allowed, nor tries at once
 * again what has just failed. Apart from the tasks themselves, because of a service that crash-loops not every stopped task is
 * kept for an hour.
 *
 * @param moves those that began within the last hour or have not ended, oldest first
 * @param heldBack what could be better and is not moved, as it was last seen
 * @param calledOff services whose last move failed, until they may move again
 */
public record RebalancingStatus(String cluster, List<Move> moves, List<HeldBack> heldBack, List<CalledOff> calledOff)
        implements Entity {
    public static final int MAX_MOVES = Rebalancing.MAX_MOVES_PER_HOUR + Rebalancing.MAX_MOVES_AT_ONCE;
    public static final int MAX_HELD_BACK = 100;
    public static final int MAX_CALLED_OFF = 100;

    /** @param task the one that leaves its host */
    public record Move(TaskId task, ServiceId service, Instant begunAt) {}

    /**
     * @param about {@code service NAME} or {@code host NAME}
     * @param code why, in capitals
     * @param message a sentence without its full stop
     */
    public record HeldBack(String about, String code, String message) {
        public HeldBack {
            Check.text(about, "about", 512);
            Check.text(code, "code", 64);
            Check.text(message, "message", 1024);
        }
    }

    /** @param times in a row, at least 1 */
    public record CalledOff(ServiceId service, int times, Instant notBefore) {
        public CalledOff {
            Check.range(times, 1, Integer.MAX_VALUE, "times");
        }
    }

    public RebalancingStatus {
        Check.name(cluster, "cluster");
        moves = Check.list(moves);
        Check.atMost(moves, MAX_MOVES, "moves");
        heldBack = Check.list(heldBack);
        Check.atMost(heldBack, MAX_HELD_BACK, "heldBack");
        calledOff = Check.list(calledOff);
        Check.atMost(calledOff, MAX_CALLED_OFF, "calledOff");
    }

    public static RebalancingStatus none(String cluster) {
        return new RebalancingStatus(cluster, List.of(), List.of(), List.of());
    }

    /** What is held back of a service. */
    public Stream<HeldBack> heldBack(ServiceId service) {
        return heldBack.stream().filter(held -> held.about().equals("service " + service.name()));
    }

    @Override
    public Key key() {
        return Key.rebalancing(cluster);
    }
}
