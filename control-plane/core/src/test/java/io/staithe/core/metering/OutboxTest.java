package io.staithe.core.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Kind;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.model.UsageRecord.Subject;
import io.staithe.core.retention.RetentionReconciler;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final World world = new World();

    @Test
    void aRecordIsWrittenInTheCommitThatStopsTheTask() {
        ContainerInstance host = world.host("host", 4096, 4096);
        Task task =
                world.put(GivenTask.task(1).of(world.definition("web", 1, 128)).build());
        world.converge();
        world.pass(Duration.ofSeconds(100));
        world.dies(task.id());
        world.settle();
        UsageRecord record = records().get(0);
        assertEquals(1, records().size());
        assertEquals(task.id().value(), record.id());
        assertEquals(host.id(), record.instance());
        assertEquals(100, record.amounts().seconds());
        assertEquals(100 * 128, record.amounts().memorySeconds());
        assertEquals(world.state().revisionOf(task.key()), world.state().revisionOf(record.key()));
        world.failOver();
        world.rest();
        assertEquals(List.of(record), records());
    }

    @Test
    void aTaskThatNeverPulledLeavesNothing() {
        Task task = world.put(GivenTask.task(1).needs(1, 1, 0).build());
        world.settle();
        world.put(task.but().stop(StopCode.UserInitiated, "enough", world.now).build());
        world.settle();
        assertTrue(world.task(task.id()).isStopped());
        assertEquals(List.of(), records());
    }

    @Test
    void whatIsTooMuchIsAddedUpAndNothingIsLost() {
        IntStream.range(0, 10).forEach(number -> put(record(number, number % 2 == 0 ? "FARGATE" : "pool"), 3));
        List<UsageRecord> sums = records().stream().filter(UsageRecord::isSum).toList();
        assertEquals(5, records().size(), "three, and a sum for each capacity provider");
        assertEquals(7, sums.stream().mapToLong(UsageRecord::count).sum());
        assertEquals(
                10 * 60,
                records().stream()
                        .mapToLong(record -> record.amounts().seconds())
                        .sum());
    }

    @Test
    void aSumIsForgottenAfterALongTime() {
        put(record(1, "FARGATE"), 0);
        world.settle();
        world.pass(RetentionReconciler.USAGE_SUMS.minusSeconds(1)).settle();
        assertEquals(1, records().size());
        world.pass(Duration.ofSeconds(60)).settle();
        assertEquals(List.of(), records());
    }

    private void put(UsageRecord record, int maxWaiting) {
        ClusterState state = world.state();
        Plan.Builder plan = new Plan.Builder();
        Outbox.put(state, record, maxWaiting, plan);
        world.commit(plan.build());
    }

    private UsageRecord record(int number, String provider) {
        Instant from = world.now.plusSeconds(number);
        return new UsageRecord(
                String.format("%032x", number),
                Subject.TASK,
                World.CLUSTER,
                "service:web",
                provider,
                null,
                null,
                from,
                from.plusSeconds(10),
                from.plusSeconds(11),
                1,
                new UsageAmounts(60, 60, 60, 0, 7));
    }

    private List<UsageRecord> records() {
        return world.state().all(Kind.USAGE, UsageRecord.class).toList();
    }
}
