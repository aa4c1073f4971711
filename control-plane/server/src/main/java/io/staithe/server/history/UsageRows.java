package io.staithe.server.history;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.staithe.core.metering.Costs.By;
import io.staithe.core.metering.Window;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Usage out of the database. What lies in the window as a whole is added up there; the rest comes as it is. */
@Singleton
public class UsageRows {
    private static final String AMOUNTS = ", max(e.hostType), count(e), sum(e.billedSeconds), sum(e.cpuSeconds),"
            + " sum(e.memorySeconds), sum(e.storageSeconds), sum(e.micros) from RecordedUsage e where ";
    private static final String AS_A_WHOLE =
            "e.settledAt < :before and e.startedAt >= :from and e.startedAt < :to and e.endedAt <= :to";
    private static final String AS_IT_IS =
            "select e from RecordedUsage e where e.startedAt < :to and e.endedAt >= :from"
                    + " and (e.settledAt >= :before or e.startedAt < :from or e.endedAt > :to)";
    private static final String OF_CLUSTER = " and e.cluster = :cluster";

    private final EntityManager entities;

    UsageRows(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * What counts in a window.
     *
     * @param cluster absent: of all clusters
     * @param by what must be told apart
     * @param settledBefore what was settled later comes as single records
     * @param limit more than this many records are not wanted: a few more are answered then, and not all
     */
    List<UsageRecord> within(Window window, @Nullable String cluster, By by, Instant settledBefore, int limit) {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<UsageRecord> found = new ArrayList<>(summed(window, cluster, by, settledBefore, limit));
            Query single = entities.createQuery(AS_IT_IS + of(cluster), RecordedUsage.class);
            bind(single, window, cluster, settledBefore, limit + 1 - Math.min(found.size(), limit));
            for (Object row : single.getResultList()) found.add(((RecordedUsage) row).toRecord());
            return found;
        });
    }

    private List<UsageRecord> summed(Window window, @Nullable String cluster, By by, Instant settledBefore, int limit) {
        String places = places(by);
        Query query = entities.createQuery(
                "select " + places + AMOUNTS + AS_A_WHOLE + of(cluster) + " group by " + places, Object[].class);
        bind(query, window, cluster, settledBefore, limit + 1);
        List<UsageRecord> sums = new ArrayList<>();
        for (Object row : query.getResultList()) sums.add(sum((Object[]) row, by, window));
        return sums;
    }

    private static void bind(Query query, Window window, @Nullable String cluster, Instant settledBefore, int limit) {
        query.setParameter("from", window.from())
                .setParameter("to", window.to())
                .setParameter("before", settledBefore)
                .setMaxResults(limit);
        if (cluster != null) query.setParameter("cluster", cluster);
    }

    private static String of(@Nullable String cluster) {
        return cluster == null ? "" : OF_CLUSTER;
    }

    /** What {@link io.staithe.core.metering.Costs} looks at: three columns always, a group and one more where it must. */
    private static String places(By by) {
        String always = "e.subject, e.cluster, e.capacityProvider";
        return switch (by) {
            case CLUSTER, CAPACITY_PROVIDER -> always;
            case SERVICE -> always + ", e.taskGroup";
            case TASK -> always + ", e.taskGroup, e.id";
            case HOST -> always + ", e.instance";
        };
    }

    /** As one record that fills the window, so that all of it counts. */
    private static UsageRecord sum(Object[] row, By by, Window window) {
        int amounts = row.length - 7;
        boolean grouped = by == By.SERVICE || by == By.TASK;
        return new UsageRecord(
                by == By.TASK ? (String) row[4] : "several",
                UsageRecord.Subject.valueOf((String) row[0]),
                (String) row[1],
                grouped ? (String) row[3] : null,
                (String) row[2],
                by == By.HOST && row[3] != null ? InstanceId.of((String) row[3]) : null,
                (String) row[amounts],
                window.from(),
                window.to(),
                window.to(),
                number(row[amounts + 1]),
                new UsageAmounts(
                        number(row[amounts + 2]),
                        number(row[amounts + 3]),
                        number(row[amounts + 4]),
                        number(row[amounts + 5]),
                        number(row[amounts + 6])));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
