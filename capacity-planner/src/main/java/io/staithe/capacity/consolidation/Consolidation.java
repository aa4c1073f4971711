package io.staithe.capacity.consolidation;

import io.staithe.capacity.packing.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds hosts that cost more than they are worth: first the empty ones; then those whose tasks have room on others, or on hosts
 * that can be bought for less, alone or several together. Of all changes that are tried the one with the best score is taken,
 * and so on until the moves are used up. A host that takes tasks over stays: no task moves twice.
 */
public final class Consolidation {
    /** How many hosts are looked at together. */
    private static final int[] SIZES = {1, 2, 3, 4, 6, 8};
    /** Of each size, the sets that are tried for one change. */
    private static final int MOST_TRIED = 24;

    private final List<Offer> offers;
    private final ConsolidationLimits limits;
    private final double cost;
    private final double disruption;
    private final Set<String> settled = new HashSet<>();
    private List<RunningHost> hosts;
    private int moves;

    private Consolidation(List<RunningHost> hosts, List<Offer> offers, ConsolidationLimits limits) {
        this.hosts = hosts;
        this.offers = offers;
        this.limits = limits;
        moves = limits.moves();
        cost = hosts.stream().mapToLong(RunningHost::microsPerHour).sum();
        disruption = hosts.stream().mapToDouble(RunningHost::disruption).sum();
    }

    /**
     * What should change, in this order; each change supposes those before it.
     *
     * @param hosts all there are, with distinct ids
     * @param offers what can be bought; at today's prices and limits
     */
    public static List<Change> propose(List<RunningHost> hosts, List<Offer> offers, ConsolidationLimits limits) {
        Consolidation consolidation = new Consolidation(
                hosts.stream().sorted(Comparator.comparing(RunningHost::id)).toList(), List.copyOf(offers), limits);
        List<Change> changes = new ArrayList<>(consolidation.empty());
        for (var next = consolidation.best(); next.isPresent(); next = consolidation.best()) {
            changes.add(next.get().change());
            consolidation.settle(next.get());
        }
        return changes;
    }

    /** The best change that moves tasks, as if hosts without any were there to stay. Their {@code mayGo} must be false. */
    public static Optional<Change> best(List<RunningHost> hosts, List<Offer> offers, ConsolidationLimits limits) {
        return new Consolidation(
                        hosts.stream()
                                .sorted(Comparator.comparing(RunningHost::id))
                                .toList(),
                        List.copyOf(offers),
                        limits)
                .best()
                .map(Trial::change);
    }

    private List<Change> empty() {
        List<RunningHost> empty = hosts.stream()
                .filter(host -> host.mayGo() && host.residents().isEmpty())
                .toList();
        hosts = hosts.stream().filter(host -> !empty.contains(host)).toList();
        return empty.stream()
                .map(host -> new Change(
                        List.of(host.id()), Map.of(), List.of(), host.microsPerHour(), Double.POSITIVE_INFINITY))
                .toList();
    }

    private Optional<Trial> best() {
        List<RunningHost> candidates = hosts.stream()
                .filter(host -> host.isRemovable()
                        && !settled.contains(host.id())
                        && !host.residents().isEmpty()
                        && host.residents().size() <= moves)
                .sorted(Comparator.comparingDouble(host -> -waste(host) / host.disruption()))
                .toList();
        Trial best = null;
        for (int size : SIZES)
            for (int from = 0; from + size <= candidates.size() && from < MOST_TRIED * size; from += size) {
                Optional<Trial> trial = tried(candidates.subList(from, from + size));
                if (trial.isPresent()
                        && (best == null
                                || trial.get().change().score() > best.change().score())) best = trial.get();
            }
        return Optional.ofNullable(best);
    }

    private Optional<Trial> tried(List<RunningHost> going) {
        if (going.stream().mapToInt(host -> host.residents().size()).sum() > moves) return Optional.empty();
        return Trial.of(going, hosts, offers, saved -> score(saved, going))
                .filter(trial -> trial.change().score() >= limits.minimumScore()
                        && trial.change().savedMicrosPerHour() * 100
                                >= limits.minimumSavingPercent()
                                        * going.stream()
                                                .mapToLong(RunningHost::microsPerHour)
                                                .sum());
    }

    private double score(long saved, List<RunningHost> going) {
        double disturbed = going.stream().mapToDouble(RunningHost::disruption).sum();
        return disturbed == 0 ? Double.POSITIVE_INFINITY : saved / cost / (disturbed / disruption);
    }

    /** What of its price no task on it accounts for. */
    private double waste(RunningHost host) {
        return host.microsPerHour()
                - host.residents().stream().mapToDouble(this::worth).sum();
    }

    /** Its largest share of the host on which that costs least. */
    private double worth(Resident task) {
        return task.offers().stream()
                .mapToDouble(offer -> offers.get(offer).microsPerHour()
                        * Trial.share(task.needs(), offers.get(offer).room()))
                .min()
                .orElse(0);
    }

    private void settle(Trial trial) {
        hosts = trial.after();
        settled.addAll(trial.change().moved().values());
        moves -= trial.change().moves();
    }
}
