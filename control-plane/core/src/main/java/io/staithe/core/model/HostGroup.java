package io.staithe.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that a provider starts and stops for us, between a least and a greatest number: what an Auto Scaling group is to ECS.
 *
 * @param provider which adapter makes them: {@code local}, {@code static}, {@code kubernetes} or {@code ec2}
 * @param cluster whose hosts they become; absent: each is made for the cluster that needs it
 * @param fargate absent: tasks of capacity providers run on them; else those of FARGATE and FARGATE_SPOT, and this is how far
 *     tasks are kept apart
 * @param anySize in Fargate mode: tasks may ask for any amounts of CPU and memory, and not only for those that Fargate sells
 * @param types what may be bought; empty: each host is made to the measure of its task
 * @param unitPrices of hosts that are made to measure, and of what runs in Fargate mode
 * @param minHosts 0 to 100,000, kept even when nothing runs on them
 * @param maxHosts {@code minHosts} to 100,000
 * @param microsPerHourBudget no host is bought that would make the group cost more, in millionths of a dollar; absent: no limit
 * @param joinSeconds 10 to 3,600: a host that has not joined by then has failed, and another is started
 * @param emptySeconds 0 to 3,600: how long a host stays when nothing runs on it any more
 * @param minimumLifeSeconds 0 to 86,400: no host is given back earlier, unless it is dedicated
 * @param consolidation absent: only hosts that are empty are given back
 * @param warm room that is kept ready for tasks to come
 * @param settings what the provider alone understands
 */
public record HostGroup(
        String name,
        String provider,
        @Nullable String cluster,
        @Nullable Isolation fargate,
        boolean anySize,
        List<HostType> types,
        UnitPrices unitPrices,
        int minHosts,
        int maxHosts,
        @Nullable Long microsPerHourBudget,
        int joinSeconds,
        int emptySeconds,
        int minimumLifeSeconds,
        @Nullable Consolidation consolidation,
        List<Warm> warm,
        Map<String, String> settings,
        Instant createdAt)
        implements Entity {
    /** Two catalogues of a cloud provider. */
    private static final int MAX_TYPES = 1000;

    /** How far tasks in Fargate mode are kept apart. */
    public enum Isolation {
        /** Each has a host of its own, that is gone with it. */
        DEDICATED,
        /** Tasks of a cluster share hosts. */
        PACKED
    }

    /**
     * When tasks may be moved so that fewer or cheaper hosts suffice.
     *
     * @param minimumSavingPercent 1 to 99 of what the hosts that would go cost
     * @param intervalSeconds 60 to 86,400 between two changes of mind
     * @param windows when it may begin; empty: always
     */
    public record Consolidation(int minimumSavingPercent, int intervalSeconds, List<Rebalancing.Window> windows) {
        public Consolidation {
            Check.range(minimumSavingPercent, 1, 99, "minimumSavingPercent");
            Check.range(intervalSeconds, 60, 86_400, "intervalSeconds");
            windows = Check.list(windows);
            Check.atMost(windows, 10, "windows");
        }

        /** Whether a change may begin at this moment. */
        public boolean opensAt(Instant time) {
            return windows.isEmpty() || windows.stream().anyMatch(window -> window.isOpenAt(time));
        }

        /** When changes may begin again, later than at {@code time}; empty: they always may. */
        public Optional<Instant> opensAfter(Instant time) {
            return windows.stream().map(window -> window.opensAfter(time)).min(Instant::compareTo);
        }
    }

    /**
     * Room for tasks that may come.
     *
     * @param task what one of them would need
     * @param count 1 to 1,000
     */
    public record Warm(Resources task, int count) {
        public Warm {
            Check.that(task.cpu() > 0 && task.memory() > 0, "task", "must name CPU and memory");
            Check.range(count, 1, 1000, "count");
        }
    }

    public HostGroup {
        Check.name(name, "name");
        Check.oneOf(provider, List.of("local", "static", "kubernetes", "ec2"), "provider");
        if (cluster != null) Check.name(cluster, "cluster");
        Check.that(!anySize || fargate != null, "anySize", "is for Fargate mode only");
        types = Check.list(types);
        Check.atMost(types, MAX_TYPES, "types");
        Check.that(
                types.stream().map(HostType::name).distinct().count() == types.size(),
                "types",
                "must not name a type twice");
        Check.that(
                !types.isEmpty() || fargate == Isolation.DEDICATED,
                "types",
                "must name at least one type: only dedicated Fargate hosts are made to measure");
        Check.range(minHosts, 0, 100_000, "minHosts");
        Check.that(minHosts == 0 || cluster != null, "minHosts", "must be 0 where no cluster is named");
        Check.that(minHosts == 0 || fargate == null, "minHosts", "must be 0 in Fargate mode: keep room with warm");
        Check.range(maxHosts, Math.max(1, minHosts), 100_000, "maxHosts");
        Check.that(
                microsPerHourBudget == null || microsPerHourBudget > 0, "microsPerHourBudget", "must be more than 0");
        Check.range(joinSeconds, 10, 3600, "joinSeconds");
        Check.range(emptySeconds, 0, 3600, "emptySeconds");
        Check.range(minimumLifeSeconds, 0, 86_400, "minimumLifeSeconds");
        warm = Check.list(warm);
        Check.atMost(warm, 10, "warm");
        settings = Check.map(settings);
        Check.that(settings.size() <= 50, "settings", "must have at most 50 entries");
        settings.forEach((setting, value) -> Check.text(value, "settings." + setting, 16_384));
    }

    @Override
    public Key key() {
        return Key.hostGroup(name);
    }

    public boolean isFargate() {
        return fargate != null;
    }

    public boolean isMadeToMeasure() {
        return types.isEmpty();
    }

    public Duration joinDeadline() {
        return Duration.ofSeconds(joinSeconds);
    }
}
