package io.staithe.simulation;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.model.UnitPrices;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whatever goes wrong and whoever leads: each task and each host that ends has one record of what it used, written with its end,
 * never changed, and equal to what its timestamps say. Nothing takes records out here, so in the end all of them are there.
 */
final class UsageCheckers {
    private final Map<String, UsageAmounts> expected = new TreeMap<>();

    void committed(ClusterState before, ClusterState after, Event.Update update) {
        if (update.key().kind() == Kind.USAGE) isWrittenOnce(before, after, update);
        if (update.entity() instanceof Task task
                && task.isStopped()
                && before.task(task.id()).filter(was -> !was.isStopped()).isPresent())
            ofTask(after, task).ifPresent(amounts -> expect(after, task.id().value(), amounts));
        if (update.entity() instanceof ProvisionedHost host
                && host.isOver()
                && before.provisionedHost(host.id())
                        .filter(was -> !was.isOver())
                        .isPresent()
                && host.startedAt() != null) expect(after, "host-" + host.id(), ofHost(host, host.startedAt()));
    }

    private static void isWrittenOnce(ClusterState before, ClusterState after, Event.Update update) {
        if (before.get(update.key()).isPresent() || update.entity() == null)
            throw new Violation("what was used is written once", update.key() + " changes");
        UsageRecord record = (UsageRecord) update.entity();
        boolean ends = record.subject() == UsageRecord.Subject.TASK
                ? ends(before, after, TaskId.of(record.id()))
                : record.instance() != null
                        && after.provisionedHost(record.instance())
                                .filter(ProvisionedHost::isOver)
                                .isPresent();
        if (!ends) throw new Violation("what was used is written with the end", record + "");
    }

    private static boolean ends(ClusterState before, ClusterState after, TaskId id) {
        return before.task(id).filter(task -> !task.isStopped()).isPresent()
                && after.task(id).filter(Task::isStopped).isPresent();
    }

    private void expect(ClusterState after, String id, UsageAmounts amounts) {
        UsageAmounts written = after.get(UsageRecord.key(id), UsageRecord.class)
                .map(UsageRecord::amounts)
                .orElse(UsageAmounts.NONE);
        if (!amounts.equals(written))
            throw new Violation("what was used is exact", id + " used " + amounts + ", written is " + written);
        expected.put(id, amounts);
    }

    /** The rule once more, by other means than the planner's. */
    private static Optional<UsageAmounts> ofTask(ClusterState state, Task task) {
        TaskReport report = state.report(task.id()).orElse(null);
        if (report == null || (report.pullStartedAt() == null && report.startedAt() == null)) return Optional.empty();
        long from = millis(report.pullStartedAt() == null ? report.startedAt() : report.pullStartedAt());
        long stopped = millis(task.stoppedAt());
        long to = Math.min(stopped, report.stoppedAt() == null ? stopped : millis(report.stoppedAt()));
        from = Math.min(stopped, Math.max(from, millis(task.placedAt())));
        long seconds = Math.max(60, (Math.max(to, from) - from + 999) / 1000);
        long cpu = task.reserved().cpu() * seconds;
        long memory = task.reserved().memory() * seconds;
        return Optional.of(new UsageAmounts(seconds, cpu, memory, 0, micros(task, cpu, memory)));
    }

    private static long micros(Task task, long cpu, long memory) {
        String provider = task.capacityProvider();
        if (provider == null || !CapacityProvider.isFargate(provider)) return 0;
        BigDecimal hours = BigDecimal.valueOf(cpu)
                .multiply(BigDecimal.valueOf(UnitPrices.FARGATE.microsPerVcpuHour()))
                .add(BigDecimal.valueOf(memory).multiply(BigDecimal.valueOf(UnitPrices.FARGATE.microsPerGbHour())))
                .multiply(CapacityProvider.isSpot(provider) ? new BigDecimal("0.30") : BigDecimal.ONE);
        return hours.divide(BigDecimal.valueOf(1024 * 3600), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static UsageAmounts ofHost(ProvisionedHost host, Instant from) {
        Duration time = Duration.between(from, host.endedAt());
        long seconds = Math.max(60, (time.toMillis() + 999) / 1000);
        return new UsageAmounts(
                seconds,
                host.offered().cpu() * seconds,
                host.offered().memory() * seconds,
                0,
                (2 * host.microsPerHour() * seconds + 3600) / 7200);
    }

    private static long millis(@Nullable Instant at) {
        return Objects.requireNonNull(at).toEpochMilli();
    }

    /** In the end: the sum of what is written is the sum of what was used. */
    Optional<String> firstDifference(ClusterState state) {
        Map<String, UsageAmounts> written = state.all(Kind.USAGE, UsageRecord.class)
                .collect(Collectors.toMap(UsageRecord::id, UsageRecord::amounts, UsageAmounts::plus, TreeMap::new));
        return written.equals(expected)
                ? Optional.empty()
                : Optional.of("used " + expected + ", written is " + written);
    }
}
