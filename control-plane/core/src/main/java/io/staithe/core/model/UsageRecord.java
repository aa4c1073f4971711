package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one task or one bought host has used, from its beginning to its end. Written once, in the commit that ends it, on its
 * way to the history database. When too many wait for that, further ones are added up: such a sum stays in the store.
 *
 * @param id a task's id; {@code host-} and a host's; {@code sum-} and what is added up
 * @param group a task's group, such as {@code service:NAME}; absent for hosts and sums
 * @param capacityProvider absent: the task ran, or the host was, where no capacity provider was asked for
 * @param instance the task's host, or the host itself; absent in sums
 * @param hostType of a host; absent for tasks and sums
 * @param from when it began to be billed; of a sum: the first
 * @param to when that ended; not before {@code from}. Of a sum: the last
 * @param settledAt when its end was written, by the clock of the control plane that led
 * @param count how many tasks or hosts it is about: more than one in sums only
 */
public record UsageRecord(
        String id,
        Subject subject,
        String cluster,
        @Nullable String group,
        @Nullable String capacityProvider,
        @Nullable InstanceId instance,
        @Nullable String hostType,
        Instant from,
        Instant to,
        Instant settledAt,
        long count,
        UsageAmounts amounts)
        implements Entity {
    private static final String SUM = "sum-";

    public enum Subject {
        TASK,
        HOST
    }

    public UsageRecord {
        Check.text(id, "id", 520);
        Check.name(cluster, "cluster");
        Check.that(!to.isBefore(from), "to", "must not be before from");
        Check.that(count >= 1, "count", "must be at least 1");
    }

    public static Key key(String id) {
        return new Key(Kind.USAGE, id);
    }

    public static String idOf(TaskId task) {
        return task.value();
    }

    public static String idOf(InstanceId host) {
        return "host-" + host;
    }

    @Override
    public Key key() {
        return key(id);
    }

    /** Whether it is several records added up, of which the single ones are not known. */
    public boolean isSum() {
        return id.startsWith(SUM);
    }

    /** Whether the tasks in question are billed by themselves, and their hosts are not: those of FARGATE and FARGATE_SPOT. */
    public boolean isFargate() {
        return capacityProvider != null && CapacityProvider.isFargate(capacityProvider);
    }

    /** The id of the sum that this would become part of. */
    public String sumId() {
        return SUM + subject.name().toLowerCase(java.util.Locale.ROOT) + "-" + cluster
                + (capacityProvider == null ? "" : "/" + capacityProvider);
    }

    public UsageRecord asSum() {
        return new UsageRecord(
                sumId(), subject, cluster, null, capacityProvider, null, null, from, to, settledAt, count, amounts);
    }

    /** This sum with another record in it. */
    public UsageRecord and(UsageRecord other) {
        return new UsageRecord(
                id,
                subject,
                cluster,
                null,
                capacityProvider,
                null,
                null,
                from.isBefore(other.from) ? from : other.from,
                to.isAfter(other.to) ? to : other.to,
                settledAt.isAfter(other.settledAt) ? settledAt : other.settledAt,
                count + other.count,
                amounts.plus(other.amounts));
    }
}
