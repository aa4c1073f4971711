package io.staithe.core.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenDefinition;
import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.capacity.GivenHost;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.EphemeralStorage;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.core.model.UnitPrices;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeteringTest {
    private final World world = new World();
    private final Instant placed = world.now;
    private final ContainerInstance host = world.host("host", 8192, 65_536);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // seconds after it was placed: pulls, starts, has ended, known as stopped; billed: from, to
                "2, 5, 100, 101, 2, 100",
                "-, 5, 100, 101, 5, 100",
                "2, -, 100, 101, 2, 100",
                // The control plane was away when it ended.
                "2, 5, 100, 9000, 2, 100",
                // Its host is lost.
                "2, 5, -, 150, 2, 150",
                // A clock that is wrong is believed as far as the control plane was there.
                "-50, 5, 100, 101, 0, 100",
                "2, 5, 500, 101, 2, 101",
                "700, 705, 800, 101, 101, 101",
                "50, 51, 20, 101, 50, 50"
            })
    void billsFromPullingToTheEnd(
            @Nullable Integer pulls, @Nullable Integer starts, @Nullable Integer ends, int known, int from, int to) {
        UsageRecord record = usage("FARGATE", pulls, starts, ends, known).orElseThrow();
        assertEquals(placed.plusSeconds(from), record.from());
        assertEquals(placed.plusSeconds(to), record.to());
        assertEquals(placed.plusSeconds(known), record.settledAt());
    }

    @Test
    void whatNeverPulledCostsNothing() {
        assertTrue(usage("FARGATE", null, null, 3, 4).isEmpty());
        assertTrue(Metering.of(world.state(), stopped("FARGATE", 256, 512, 9), placed)
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // provider, CPU units, MiB, seconds; billed seconds and millionths of a dollar
                "FARGATE, 1024, 2048, 3600, 3600, 49370",
                "FARGATE, 256, 512, 3600, 3600, 12343", // 12,342.5
                "FARGATE, 256, 512, 10, 60, 206", // 205.7
                "FARGATE_SPOT, 1024, 2048, 3600, 3600, 14811",
                "pool, 1024, 2048, 3600, 3600, 0",
                "-, 1024, 2048, 3600, 3600, 0"
            })
    void costsWhatFargateWouldInFargateMode(
            @Nullable String provider, int cpu, int memory, int seconds, long billed, long micros) {
        Task task = stopped(provider, cpu, memory, seconds);
        report(task, 0, 1, seconds);
        UsageAmounts used =
                Metering.of(world.state(), task, world.now).orElseThrow().amounts();
        assertEquals(new UsageAmounts(billed, cpu * billed, memory * billed, 0, micros), used);
    }

    @Test
    void storageBeyondWhatIsFreeCostsToo() {
        world.put(GivenDefinition.definition("web", 1)
                .ephemeralStorage(new EphemeralStorage(120))
                .build());
        UsageAmounts used =
                usage("FARGATE_SPOT", 0, 1, 3600, 3600).orElseThrow().amounts();
        assertEquals(100 * 3600, used.storageSeconds());
        assertEquals(3703 + 11_100, used.micros(), "spot lowers the price of CPU and memory alone");
    }

    @Test
    void theGroupOfItsClusterSaysThePrices() {
        HostGroup group = GivenHost.fargate(HostGroup.Isolation.DEDICATED);
        world.put(new HostGroup(
                group.name(),
                group.provider(),
                null,
                group.fargate(),
                false,
                group.types(),
                new UnitPrices(100_000, 10_000, 50, 0),
                0,
                10,
                null,
                60,
                30,
                0,
                null,
                List.of(),
                group.settings(),
                group.createdAt()));
        assertEquals(
                30_000,
                usage("FARGATE", 0, 1, 3600, 3600).orElseThrow().amounts().micros());
        assertEquals(
                15_000,
                usage("FARGATE_SPOT", 0, 1, 3600, 3600).orElseThrow().amounts().micros());
    }

    @Test
    void aHostCostsFromWhenItIsHadUntilNothingIsLeft() {
        ProvisionedHost asked = GivenHost.requested(GivenHost.group("pool", 0, 9, GivenHost.small()), false, placed);
        assertTrue(Metering.of(asked, placed.plusSeconds(100)).isEmpty());
        ProvisionedHost has =
                asked.but().startedAt(placed.plusSeconds(5)).joinedAt(placed).build();
        assertEquals(
                new UsageAmounts(90, 1024 * 90, 2048 * 90, 0, 1000),
                Metering.of(has, placed.plusSeconds(95)).orElseThrow().amounts());
        ProvisionedHost gone = has.but().endedAt(placed.plusSeconds(6)).build();
        UsageRecord record = Metering.of(gone, placed.plusSeconds(500)).orElseThrow();
        assertEquals(placed.plusSeconds(6), record.to());
        assertEquals(667, record.amounts().micros());
    }

    private Optional<UsageRecord> usage(
            @Nullable String provider,
            @Nullable Integer pulls,
            @Nullable Integer starts,
            @Nullable Integer ends,
            int known) {
        Task task = stopped(provider, 256, 512, known);
        report(task, pulls, starts, ends);
        return Metering.of(world.state(), task, world.now);
    }

    private Task stopped(@Nullable String provider, int cpu, int memory, int after) {
        return GivenTask.task(1)
                .createdAt(placed)
                .needs(cpu, memory, 0)
                .on(host, LastStatus.RUNNING)
                .build()
                .but()
                .capacityProvider(provider)
                .stoppedAt(placed.plusSeconds(after))
                .build();
    }

    private void report(Task task, @Nullable Integer pulls, @Nullable Integer starts, @Nullable Integer ends) {
        world.put(new TaskReport(
                task.id(),
                host.id(),
                1,
                1,
                ContainerReport.State.STOPPED,
                HealthStatus.UNKNOWN,
                List.of(),
                at(pulls),
                null,
                at(starts),
                null,
                at(ends),
                null,
                null));
    }

    private @Nullable Instant at(@Nullable Integer seconds) {
        return seconds == null ? null : placed.plusSeconds(seconds);
    }
}
