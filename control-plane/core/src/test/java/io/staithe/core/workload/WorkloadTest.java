package io.staithe.core.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private record On(TaskShape task, int host) {}

    private static final HostShape SMALL = new HostShape(1024, 1000, 0, Map.of("disk", "ssd"));
    private static final HostShape LARGE = new HostShape(2048, 2000, 0, Map.of("disk", "hdd"));

    @Test
    void theBoundFillsTheLargestHostsToTheBrim() {
        List<HostShape> hosts = List.of(SMALL, LARGE, SMALL);
        assertEquals(1.5, LowerBound.hosts(List.of(memory(1250), memory(1250)), hosts));
        assertEquals(0, LowerBound.hosts(List.of(), hosts));
        assertEquals(Double.POSITIVE_INFINITY, LowerBound.hosts(List.of(memory(4001)), hosts));
    }

    @Test
    void bestFitDecreasingOpensTheLargestHostFirstAndFillsTheFullest() {
        Packing packing =
                BestFitDecreasing.pack(workload(memory(400), memory(1500), memory(600), memory(300), memory(9000)));
        assertEquals(List.of(9000, 1500, 600, 400, 300), memories(packing.workload()));
        assertArrayEquals(new int[] {Packing.NOWHERE, 1, 0, 0, 1}, packing.hostOf());
        assertEquals(2, packing.hostsUsed());
        assertEquals(3, packing.coresOfHostsUsed());
        assertEquals(List.of(1500, 600, 400, 300), memories(new Workload("", List.of(), packing.placed())));
    }

    @Test
    void aPackingThatBreaksARuleSaysWhich() {
        TaskShape onSsd = new TaskShape(1, 1, 0, 1, Map.of("disk", Set.of("ssd")), TaskShape.NONE, TaskShape.NONE);
        TaskShape apart = new TaskShape(1, 1, 0, 2, Map.of(), 2, 8080);
        TaskShape onPort = new TaskShape(1, 1, 0, 3, Map.of(), TaskShape.NONE, 8080);
        TaskShape other = new TaskShape(1, 1, 0, 2, Map.of(), 2, TaskShape.NONE);

        assertEquals(Optional.empty(), broken(true, on(0, onSsd), on(0, apart), on(1, onPort), on(1, other)));
        assertTrue(broken(true, on(1, onSsd)).orElseThrow().contains("attributes"));
        assertTrue(broken(true, on(0, apart), on(0, onPort)).orElseThrow().contains("port"));
        assertTrue(broken(true, on(0, apart), on(0, other)).orElseThrow().contains("group 2"));
        assertEquals(Optional.empty(), broken(false, on(0, apart), on(0, other)));
        assertTrue(broken(false, on(0, memory(600)), on(0, memory(600)))
                .orElseThrow()
                .contains("memory"));
    }

    @Test
    void theSameSeedGivesTheSame() {
        assertEquals(Workloads.rules("", 100, 10, 7), Workloads.rules("", 100, 10, 7));
        assertNotEquals(Workloads.rules("", 100, 10, 7), Workloads.rules("", 100, 10, 8));
    }

    private static Optional<String> broken(boolean withRules, On... placed) {
        int[] hostOf = Stream.of(placed).mapToInt(On::host).toArray();
        TaskShape[] tasks = Stream.of(placed).map(On::task).toArray(TaskShape[]::new);
        return new Packing(workload(tasks), hostOf).broken(withRules);
    }

    private static On on(int host, TaskShape task) {
        return new On(task, host);
    }

    private static Workload workload(TaskShape... tasks) {
        return new Workload("", List.of(SMALL, LARGE), List.of(tasks));
    }

    private static TaskShape memory(int mebibytes) {
        return TaskShape.needing(1, mebibytes, 0);
    }

    private static List<Integer> memories(Workload workload) {
        return workload.tasks().stream().map(TaskShape::memory).toList();
    }
}
