package io.staithe.core.metering;

import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.model.UsageRecord.Subject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up usage by what it is asked for. Nothing is counted twice: tasks of Fargate mode cost what they used, and their hosts are
 * left out; other tasks cost nothing, and the hosts that were bought for them cost what they cost. Only by host it is the other
 * way round: there all hosts count, and no tasks.
 */
public final class Costs {
    /** What costs are told by. */
    public enum By {
        CLUSTER,
        SERVICE,
        CAPACITY_PROVIDER,
        TASK,
        HOST
    }

    private final By by;
    private final Window window;
    private final Map<Place, Sum> sums = new TreeMap<>();
    private final Sum total = new Sum();

    public Costs(By by, Window window) {
        this.by = by;
        this.window = window;
    }

    /** Counts what falls into the window. */
    public void add(UsageRecord record) {
        if (by != By.HOST && record.subject() == Subject.HOST && record.isFargate()) return;
        UsageAmounts part = window.of(record);
        if (part.equals(UsageAmounts.NONE)) return;
        sums.computeIfAbsent(place(record), any -> new Sum()).add(record, part);
        total.add(record, part);
    }

    /** Those with a name before what is known only as a sum or belongs to no task; otherwise by cluster and name. */
    public List<CostLine> lines() {
        return sums.entrySet().stream()
                .map(entry -> entry.getValue().line(entry.getKey()))
                .toList();
    }

    public CostLine total() {
        return new CostLine(
                null, null, null, null, null, total.tasks, total.used, total.hosts, total.bought, total.micros());
    }

    private Place place(UsageRecord record) {
        return switch (by) {
            case CLUSTER -> new Place(record.cluster(), null, null);
            case SERVICE -> new Place(record.cluster(), record.group(), record.capacityProvider());
            case CAPACITY_PROVIDER -> new Place(record.cluster(), null, record.capacityProvider());
            case TASK ->
                new Place(
                        record.cluster(),
                        record.subject() == Subject.TASK && !record.isSum() ? record.id() : null,
                        record.capacityProvider());
            case HOST ->
                new Place(
                        record.cluster(),
                        record.instance() == null ? null : record.instance().value(),
                        record.capacityProvider());
        };
    }

    private record Place(
            String cluster, @Nullable String name, @Nullable String capacityProvider) implements Comparable<Place> {
        private static final Comparator<@Nullable String> ABSENT_LAST = Comparator.nullsLast(Comparator.naturalOrder());

        @Override
        public int compareTo(Place other) {
            int byCluster = cluster.compareTo(other.cluster);
            if (byCluster != 0) return byCluster;
            int byName = ABSENT_LAST.compare(name, other.name);
            return byName != 0 ? byName : ABSENT_LAST.compare(capacityProvider, other.capacityProvider);
        }
    }

    private final class Sum {
        private long tasks;
        private long hosts;
        private UsageAmounts used = UsageAmounts.NONE;
        private UsageAmounts bought = UsageAmounts.NONE;
        private @Nullable String group;
        private @Nullable String hostType;

        void add(UsageRecord record, UsageAmounts part) {
            if (record.subject() == Subject.TASK) {
                tasks += record.count();
                used = used.plus(part);
                group = record.group();
            } else {
                hosts += record.count();
                bought = bought.plus(part);
                hostType = record.hostType();
            }
        }

        long micros() {
            return by == By.HOST ? bought.micros() : used.micros() + bought.micros();
        }

        CostLine line(Place place) {
            return new CostLine(
                    place.cluster,
                    place.name,
                    by == By.TASK ? group : null,
                    place.capacityProvider,
                    by == By.HOST ? hostType : null,
                    tasks,
                    used,
                    hosts,
                    bought,
                    micros());
        }
    }
}
