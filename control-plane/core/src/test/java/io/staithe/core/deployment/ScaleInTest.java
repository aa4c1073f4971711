package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinitionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScaleInTest {
    private static final String ZONE = "attribute:" + Attribute.AVAILABILITY_ZONE;

    private final World world = new World();
    private final Map<String, ContainerInstance> hosts = new HashMap<>();
    private final List<Task> running = new ArrayList<>();

    /**
     * Hosts with their tasks; which host each task goes from.
     *
     * <p>a1 and a2 are in zone a, and so on. Every host has 1,000 CPU units and MiB, but those of zone c 2,000 CPU units; every
     * task reserves 100 of both.
     */
    @ParameterizedTest
    @CsvSource({
        "'',                           a1 a1 a1 a2 b1, 2, a1 a1",
        "'',                           a1 a2 b1 b1 b1, 3, b1 b1 a2",
        "spread attribute:ecs.availability-zone, a1 a2 a3 b1 b1, 2, a3 b1",
        "spread instanceId,            a1 a2 a3 b1 b1, 1, b1",
        "spread host,                  a1 a2 a3 b1 b1, 1, b1",
        "binpack memory,               a1 a1 a1 b1 b1 c1, 2, c1 b1",
        "binpack memory,               a1 a1 a1 b1 b1 c1, 3, c1 b1 b1",
        "binpack cpu,                  a1 b1 b1 c1 c1 c1, 3, c1 c1 c1",
        "binpack CPU,                  a1 b1 b1 c1 c1 c1, 4, c1 c1 c1 a1",
        "binpack memory,               a1 b1 b2, 1, b2",
        "spread attribute:ecs.availability-zone; binpack memory, a1 a1 a2 b1 b1 b2, 2, b2 a2",
        "spread attribute:rack; spread attribute:ecs.availability-zone; spread instanceId; binpack cpu; random, a1 a1 b1, 1, a1",
    })
    void theStrategiesDecide(String strategies, String tasks, int count, String from) {
        for (String host : tasks.split(" ")) run(host, LastStatus.RUNNING);
        List<Task> going = choose(strategies(strategies), Set.of(), count);
        assertEquals(from, going.stream().map(this::hostOf).collect(Collectors.joining(" ")));
    }

    @Test
    void whatIsNotYetRunningGoesBeforeTheStrategiesAreAsked() {
        run("a1", LastStatus.RUNNING);
        run("a1", LastStatus.RUNNING);
        run("b1", LastStatus.PENDING);
        assertEquals(List.of(running.get(2)), choose(strategies("spread instanceId"), Set.of(), 1));
    }

    @Test
    void ofEqualTasksTheNewestGoesFirst() {
        for (int i = 0; i < 3; i++) run("a1", LastStatus.RUNNING);
        assertEquals(List.of(running.get(2), running.get(1)), choose(List.of(), Set.of(), 2));
    }

    /** Two of a for each of b, and one of a beforehand. */
    @Test
    void theSplitBetweenCapacityProvidersStaysAsItIsAskedFor() {
        List<CapacityProviderStrategyItem> split =
                List.of(new CapacityProviderStrategyItem("a", 2, 1), new CapacityProviderStrategyItem("b", 1, null));
        for (String provider : List.of("a", "a", "a", "a", "a", "b", "b")) {
            run("a1", LastStatus.RUNNING);
            int last = running.size() - 1;
            running.set(last, running.get(last).but().capacityProvider(provider).build());
        }
        List<String> going = choose(split, List.of(), Set.of(), 6).stream()
                .map(Task::capacityProvider)
                .toList();
        assertEquals(List.of("b", "a", "a", "b", "a", "a"), going);
    }

    @Test
    void protectedTasksCountAndNeverGo() {
        for (int i = 0; i < 3; i++) run("a1", LastStatus.RUNNING);
        run("b1", LastStatus.RUNNING);
        Set<Task> kept = Set.copyOf(running.subList(0, 2));
        assertEquals(
                List.of("a1", "b1"),
                choose(List.of(), kept, 4).stream().map(this::hostOf).toList());
    }

    @Test
    void randomGoesByTheIdsOfTheTasksWhereverTheyRun() {
        for (String host : List.of("a1", "b1", "a1", "b1", "b1")) run(host, LastStatus.RUNNING);
        List<Task> all = choose(strategies("random"), Set.of(), 5);
        assertEquals(5, Set.copyOf(all).size());
        assertEquals(all.subList(0, 2), choose(strategies("random"), Set.of(), 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterwardsNothingIsSpreadMoreEvenly(long seed) {
        Sample sample = new Sample(seed);
        for (int i = sample.between(2, 14); i > 0; i--)
            run(sample.pick("a1", "a2", "b1", "b2", "c1", "d1"), LastStatus.RUNNING);
        boolean overZones = sample.chance(0.5);
        int[] before = counts(running, overZones);
        int count = sample.between(0, running.size());
        List<Task> left = new ArrayList<>(running);
        left.removeAll(choose(strategies("spread " + (overZones ? ZONE : "instanceId")), Set.of(), count));
        assertEquals(running.size() - count, left.size());
        assertEquals(leastSkew(before, 0, count), skew(counts(left, overZones)));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    /** The least skew of all ways to take {@code count} from what is there from a position on. */
    private static int leastSkew(int[] counts, int from, int count) {
        if (from == counts.length) return count == 0 ? skew(counts) : Integer.MAX_VALUE;
        int least = Integer.MAX_VALUE;
        for (int take = Math.min(count, counts[from]); take >= 0; take--) {
            counts[from] -= take;
            least = Math.min(least, leastSkew(counts, from + 1, count - take));
            counts[from] += take;
        }
        return least;
    }

    private static int skew(int[] counts) {
        return Arrays.stream(counts).max().orElseThrow()
                - Arrays.stream(counts).min().orElseThrow();
    }

    /** By zone or by host, those without a task that had one included. */
    private int[] counts(List<Task> tasks, boolean overZones) {
        return placesOf(running, overZones)
                .distinct()
                .mapToInt(place ->
                        (int) placesOf(tasks, overZones).filter(place::equals).count())
                .toArray();
    }

    private Stream<String> placesOf(List<Task> tasks, boolean overZones) {
        return tasks.stream().map(this::hostOf).map(host -> overZones ? host.substring(0, 1) : host);
    }

    private void run(String name, LastStatus status) {
        ContainerInstance host = hosts.computeIfAbsent(name, this::host);
        int number = running.size() + 1;
        Task task = GivenTask.task(number)
                .needs(100, 100, 0)
                .createdAt(world.now.plusSeconds(number))
                .on(host, status)
                .build();
        world.put(task);
        running.add(task);
    }

    private ContainerInstance host(String name) {
        String zone = name.substring(0, 1);
        return world.host(name, zone.equals("c") ? 2000 : 1000, 1000, new Attribute(Attribute.AVAILABILITY_ZONE, zone));
    }

    private List<Task> choose(List<PlacementStrategy> strategies, Set<Task> kept, int count) {
        return choose(List.of(), strategies, kept, count);
    }

    private List<Task> choose(
            List<CapacityProviderStrategyItem> capacity,
            List<PlacementStrategy> strategies,
            Set<Task> kept,
            int count) {
        ServiceRevision revision = ServiceRevision.of(TaskDefinitionId.of("web:1"))
                .but()
                .capacity(null, capacity)
                .placementStrategy(strategies)
                .build();
        return ScaleIn.choose(world.state(), revision, running, new HashSet<>(kept), count);
    }

    private String hostOf(Task task) {
        return world.host(task.instance()).hostName();
    }

    private static List<PlacementStrategy> strategies(String text) {
        return Arrays.stream(text.split("; "))
                .filter(part -> !part.isEmpty())
                .map(part -> part.split(" "))
                .map(words -> new PlacementStrategy(words[0], words.length > 1 ? words[1] : null))
                .toList();
    }
}
