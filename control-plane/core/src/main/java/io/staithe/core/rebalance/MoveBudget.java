package io.staithe.core.rebalance;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.RebalancingStatus.Move;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a cluster may leave their hosts for somebody who drains whole hosts to save money. What holds for the mover holds
 * here, and counts together with what it does; only how many tasks of a cluster move at once is the deployments' affair.
 */
public final class MoveBudget {
    private final ClusterState state;
    private final RebalancingStatus status;
    private final Limits limits;
    private final Movable movable;
    private final Instant now;
    private final boolean enabled;
    private final Map<ServiceId, Optional<SteadyService>> services = new HashMap<>();
    private final Map<ServiceId, Integer> replaced = new HashMap<>();
    private @Nullable Instant moreAt;

    public MoveBudget(ClusterState state, Cluster cluster, Instant now) {
        this.state = state;
        this.now = now;
        Rebalancing rebalancing = cluster.rebalancingOrDefault();
        enabled = rebalancing.enabled();
        status = state.rebalancing(cluster.name()).orElse(RebalancingStatus.none(cluster.name()));
        List<Move> underWay = status.moves().stream()
                .filter(move -> state.task(move.task())
                        .filter(task -> !task.isStopped() && task.relocation() != null)
                        .isPresent())
                .toList();
        limits = new Limits(rebalancing, status, underWay, now);
        movable = new Movable(rebalancing, now);
    }

    /** How many tasks may be moved now. */
    public int moves() {
        return enabled ? limits.leftOfTheHour() : 0;
    }

    /** When time alone may let more tasks move; absent: never, as far as tasks go that were asked about. */
    public @Nullable Instant moreAt() {
        return moreAt;
    }

    /** Whether it may be moved now, for itself. */
    public boolean mayMove(Task task) {
        SteadyService service = steady(task).orElse(null);
        if (service == null || !enabled) return false;
        Optional<Hindrance> hindrance = limits.hindrance(service).or(() -> movable.hindrance(task));
        hindrance.map(Hindrance::until).ifPresent(this::moreAt);
        return hindrance.isEmpty();
    }

    /** Whether these may be moved together, each of which may be for itself. */
    public boolean mayMove(Collection<Task> tasks) {
        if (tasks.size() > moves()) return false;
        Map<ServiceId, Long> counts = tasks.stream()
                .map(Task::service)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        return counts.entrySet().stream().allMatch(count -> state.service(count.getKey())
                .filter(service -> count.getValue() <= limits.leftOfBudget(service))
                .isPresent());
    }

    /** The task that would be started in the place of one that may be moved: another one at each call. */
    public Task replacement(Task task) {
        SteadyService service = steady(task).orElseThrow();
        return service.replacement(replaced.merge(service.service().id(), 1, Integer::sum) - 1, now);
    }

    /** What is to be remembered when these begin to move. */
    public RebalancingStatus with(Collection<Task> moved) {
        List<Move> moves = new ArrayList<>(status.moves());
        moves.removeIf(move -> !Limits.isWithinAnHour(move, now)
                && state.task(move.task())
                        .filter(task -> task.relocation() != null)
                        .isEmpty());
        moved.forEach(task -> moves.add(new Move(task.id(), Objects.requireNonNull(task.service()), now)));
        return new RebalancingStatus(status.cluster(), moves, status.heldBack(), status.calledOff());
    }

    private Optional<SteadyService> steady(Task task) {
        return task.service() == null
                ? Optional.empty()
                : services.computeIfAbsent(
                        task.service(), id -> state.service(id).flatMap(this::steady));
    }

    private Optional<SteadyService> steady(Service service) {
        return SteadyService.of(state, service);
    }

    private void moreAt(Instant at) {
        if (moreAt == null || at.isBefore(moreAt)) moreAt = at;
    }
}
