package io.staithe.core.rebalance;

import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many moves may begin now, and what speaks against any. */
final class Limits {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Rebalancing rebalancing;
    private final RebalancingStatus status;
    private final List<RebalancingStatus.Move> underWay;
    private final Instant now;

    /** @param underWay the moves that have not ended */
    Limits(Rebalancing rebalancing, RebalancingStatus status, List<RebalancingStatus.Move> underWay, Instant now) {
        this.rebalancing = rebalancing;
        this.status = status;
        this.underWay = underWay;
        this.now = now;
    }

    static boolean isWithinAnHour(RebalancingStatus.Move move, Instant now) {
        return move.begunAt().plus(HOUR).isAfter(now);
    }

    boolean isAnyUnderWay() {
        return !underWay.isEmpty();
    }

    /** Moves of the cluster that may begin now. */
    int left() {
        return Math.max(0, Math.min(rebalancing.movesAtOnce() - underWay.size(), leftOfTheHour()));
    }

    /** The same, however many are under way. */
    int leftOfTheHour() {
        return Math.max(0, rebalancing.movesPerHour() - withinAnHour(null));
    }

    /** Moves of this service that may begin now; 0 without a {@link #hindrance} where others have to end first. */
    int left(SteadyService of) {
        Service service = of.service();
        return Math.min(Math.min(left(), of.roomToStart()), leftOfBudget(service));
    }

    /** Moves of a service that may begin now as far as its own budget goes. */
    int leftOfBudget(Service service) {
        DisruptionBudget budget = service.disruptionBudget();
        if (budget == null) return Integer.MAX_VALUE;
        int ownUnderWay = (int) underWay.stream()
                .filter(move -> move.service().equals(service.id()))
                .count();
        return Math.max(
                0, Math.min(budget.movesAtOnce() - ownUnderWay, budget.movesPerHour() - withinAnHour(service.id())));
    }

    /** The first thing that keeps all tasks of a service where they are, what lasts longest first. */
    Optional<Hindrance> hindrance(SteadyService of) {
        Service service = of.service();
        DisruptionBudget budget = service.disruptionBudget();
        if (budget != null && (budget.movesAtOnce() == 0 || budget.movesPerHour() == 0))
            return lasting(Hindrance.Code.NO_BUDGET, "its disruptionBudget allows no move");
        if (of.roomToStart() == 0)
            return lasting(
                    Hindrance.Code.NO_ROOM_TO_START,
                    "its maximumPercent leaves no room to start a replacement before a task stops");
        if (!rebalancing.opensAt(now))
            return until(
                    Hindrance.Code.OUTSIDE_WINDOWS,
                    "the cluster's windows are closed",
                    rebalancing.opensAfter(now).orElse(null));
        return backingOff(service.id()).or(() -> perHour(service.id(), budget));
    }

    private Optional<Hindrance> backingOff(ServiceId service) {
        return status.calledOff().stream()
                .filter(failed -> failed.service().equals(service) && now.isBefore(failed.notBefore()))
                .findFirst()
                .flatMap(failed -> until(
                        Hindrance.Code.BACKING_OFF,
                        "a move was called off, and the next is not tried before " + failed.notBefore(),
                        failed.notBefore()));
    }

    private Optional<Hindrance> perHour(ServiceId service, @Nullable DisruptionBudget budget) {
        if (withinAnHour(null) >= rebalancing.movesPerHour())
            return until(
                    Hindrance.Code.MOVES_PER_HOUR,
                    "the cluster allows " + rebalancing.movesPerHour() + " moves within an hour",
                    hourEnds(null));
        if (budget != null && withinAnHour(service) >= budget.movesPerHour())
            return until(
                    Hindrance.Code.MOVES_PER_HOUR,
                    "its disruptionBudget allows " + budget.movesPerHour() + " moves within an hour",
                    hourEnds(service));
        return Optional.empty();
    }

    /** @param service absent: of the whole cluster */
    private int withinAnHour(@Nullable ServiceId service) {
        return (int) status.moves().stream()
                .filter(move -> isWithinAnHour(move, now))
                .filter(move -> service == null || move.service().equals(service))
                .count();
    }

    private @Nullable Instant hourEnds(@Nullable ServiceId service) {
        return status.moves().stream()
                .filter(move -> isWithinAnHour(move, now))
                .filter(move -> service == null || move.service().equals(service))
                .map(move -> move.begunAt().plus(HOUR))
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static Optional<Hindrance> lasting(Hindrance.Code code, String message) {
        return Optional.of(Hindrance.lasting(code, message));
    }

    private static Optional<Hindrance> until(Hindrance.Code code, String message, @Nullable Instant at) {
        return Optional.of(new Hindrance(code, message, at));
    }
}
