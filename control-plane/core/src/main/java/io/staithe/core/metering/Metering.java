package io.staithe.core.metering;

import io.staithe.core.capacity.ProviderChoice;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import io.staithe.core.model.UnitPrices;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.model.UsageRecord.Subject;
import io.staithe.core.state.ClusterState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/** What a task or a host has used from its beginning until its end, or until now. */
public final class Metering {
    /** GiB of ephemeral storage that Fargate gives to each task for nothing. */
    static final int FREE_STORAGE_GIB = 20;

    private Metering() {}

    /**
     * As Fargate bills: from when images are pulled until the task has ended. Both are what the host says, as far as the control
     * plane saw the task placed by then, and not yet stopped.
     *
     * @return empty: nothing was ever pulled or started for it
     */
    public static Optional<UsageRecord> of(ClusterState state, Task task, Instant now) {
        TaskReport report = state.report(task.id()).orElse(null);
        if (report == null) return Optional.empty();
        Instant began = report.pullStartedAt() == null ? report.startedAt() : report.pullStartedAt();
        if (began == null) return Optional.empty();
        Instant placed = task.placedAt() == null ? task.createdAt() : task.placedAt();
        Instant settled = task.stoppedAt() == null ? now : task.stoppedAt();
        Instant ended = report.stoppedAt() == null ? settled : earlier(report.stoppedAt(), settled);
        Instant from = earlier(later(began, placed), settled);
        Instant to = later(ended, from);
        return Optional.of(new UsageRecord(
                UsageRecord.idOf(task.id()),
                Subject.TASK,
                task.cluster(),
                task.group(),
                task.capacityProvider(),
                task.instance(),
                null,
                from,
                to,
                settled,
                1,
                amounts(state, task, new BilledTime(from, to).seconds())));
    }

    /**
     * As EC2 bills: from when the provider has it until nothing is left of it.
     *
     * @return empty: it was never had
     */
    public static Optional<UsageRecord> of(ProvisionedHost host, Instant now) {
        Instant from = host.startedAt();
        if (from == null) return Optional.empty();
        Instant settled = host.endedAt() == null ? now : host.endedAt();
        Instant to = later(settled, from);
        long seconds = new BilledTime(from, to).seconds();
        long micros = BigDecimal.valueOf(host.microsPerHour())
                .multiply(BigDecimal.valueOf(seconds))
                .divide(BigDecimal.valueOf(3600), 0, RoundingMode.HALF_UP)
                .longValueExact();
        return Optional.of(new UsageRecord(
                UsageRecord.idOf(host.id()),
                Subject.HOST,
                host.cluster(),
                null,
                host.capacityProvider(),
                host.id(),
                host.type(),
                from,
                to,
                settled,
                1,
                new UsageAmounts(
                        seconds, host.offered().cpu() * seconds, host.offered().memory() * seconds, 0, micros)));
    }

    /** Only what runs in Fargate mode has a price of its own: other tasks are on hosts that are paid for, or belong to somebody. */
    private static UsageAmounts amounts(ClusterState state, Task task, long seconds) {
        Resources reserved = task.reserved();
        long cpu = reserved.cpu() * seconds;
        long memory = reserved.memory() * seconds;
        String provider = task.capacityProvider();
        if (provider == null || !CapacityProvider.isFargate(provider))
            return new UsageAmounts(seconds, cpu, memory, 0, 0);
        long storage = storageBeyondFree(state, task) * seconds;
        long micros = prices(state, task).of(cpu, memory, storage, CapacityProvider.isSpot(provider));
        return new UsageAmounts(seconds, cpu, memory, storage, micros);
    }

    private static long storageBeyondFree(ClusterState state, Task task) {
        return state.taskDefinition(task.taskDefinition())
                .map(TaskDefinition::ephemeralStorage)
                .map(storage -> Math.max(0, storage.sizeInGiB() - FREE_STORAGE_GIB))
                .orElse(0);
    }

    /** Of the group whose host it is on; of one that is gone: of the group that serves its cluster now, or Fargate's own. */
    private static UnitPrices prices(ClusterState state, Task task) {
        return Optional.ofNullable(task.instance())
                .flatMap(state::provisionedHost)
                .flatMap(host -> state.hostGroup(host.group()))
                .or(() -> ProviderChoice.fargate(state, task.cluster()))
                .map(HostGroup::unitPrices)
                .orElse(UnitPrices.FARGATE);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
