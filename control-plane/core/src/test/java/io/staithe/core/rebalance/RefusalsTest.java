package io.staithe.core.rebalance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Rebalancing.Window;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service with both of its tasks in one of two zones stays so for each of these reasons, and for nothing else. */
class RefusalsTest {
    private static final Rebalancing ANY = new Rebalancing(true, 5, 100, 0, false, List.of());
    /** The world's clock begins at midnight. */
    private static final List<Window> AT_NOON =
            List.of(new Window(List.of(), LocalTime.NOON, LocalTime.of(13, 0), "UTC"));

    private final GivenZones given = new GivenZones();

    /** @param told what is said of the service; empty: nothing, as there is nothing to explain */
    private record Row(String name, String told, Consumer<GivenZones> why) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        "rebalancing is off",
                        "",
                        in -> in.rebalancing(new Rebalancing(false, 5, 100, 0, false, List.of()))),
                new Row(
                        "outside the windows",
                        "OUTSIDE_WINDOWS",
                        in -> in.rebalancing(new Rebalancing(true, 5, 100, 0, false, AT_NOON))),
                new Row(
                        "young tasks",
                        "YOUNG",
                        in -> in.rebalancing(new Rebalancing(true, 5, 100, 3600, false, List.of()))),
                new Row("protected tasks", "PROTECTED", in -> in.world
                        .active("web")
                        .forEach(task -> in.world.put(task.but()
                                .protectedUntil(in.world.now.plusSeconds(900))
                                .build()))),
                new Row(
                        "a service that does not ask",
                        "",
                        in -> in.change("web", service -> service.availabilityZoneRebalancing("DISABLED"))),
                new Row(
                        "a service that says nothing",
                        "",
                        in -> in.change("web", service -> service.availabilityZoneRebalancing(null))),
                new Row(
                        "no room to start first",
                        "NO_ROOM_TO_START",
                        in -> in.change(
                                "web", service -> service.deploymentConfiguration(DeploymentConfiguration.of(0, 100)))),
                new Row(
                        "no moves at once",
                        "NO_BUDGET",
                        in -> in.change("web", service -> service.disruptionBudget(new DisruptionBudget(0, 9)))),
                new Row(
                        "no moves in an hour",
                        "NO_BUDGET",
                        in -> in.change("web", service -> service.disruptionBudget(new DisruptionBudget(9, 0)))),
                new Row(
                        "a task that waits for a host",
                        "",
                        in -> in.world.put(
                                GivenTask.task(77).needs(9999, 9999, 0).build())),
                new Row("a deployment under way", "", in -> in.world.deploy("web", in.world.definition("web", 2, 256))),
                new Row("the cluster's moves of an hour", "MOVES_PER_HOUR", in -> {
                    in.rebalancing(new Rebalancing(true, 5, 2, 0, false, List.of()));
                    moved(in, "other", 2);
                }),
                new Row("the service's moves of an hour", "MOVES_PER_HOUR", in -> {
                    in.change("web", service -> service.disruptionBudget(new DisruptionBudget(5, 2)));
                    moved(in, "web", 2);
                }),
                new Row(
                        "a move that was called off",
                        "BACKING_OFF",
                        in -> in.world.put(new RebalancingStatus(
                                World.CLUSTER,
                                List.of(),
                                List.of(),
                                CallOff.after(List.of(), in.world.service("web").id(), in.world.now)))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void nothingMoves(Row row) {
        uneven(row.why());
        given.host("b");
        look();
        assertEquals(List.of(), given.leaving());
        List<String> told = row.told().isEmpty() ? List.of() : List.of("service web " + row.told());
        assertEquals(told, given.heldBack());
        look();
        given.world.put(given.cluster());
        look();
        assertEquals(told.size(), given.messagesWith("stays as it is").size(), "said once");
    }

    @Test
    void withoutAReasonItMoves() {
        uneven(in -> moved(in, "other", 2));
        given.host("b");
        look();
        assertEquals(1, given.leaving().size());
        assertEquals(List.of(), given.heldBack());
    }

    @Test
    void whatItWasToldIsForgottenWhenItMoves() {
        uneven(in -> in.change("web", service -> service.disruptionBudget(new DisruptionBudget(0, 9))));
        given.host("b");
        look();
        given.change("web", service -> service.disruptionBudget(null));
        look();
        assertEquals(1, given.leaving().size());
        assertEquals(List.of(), given.heldBack());
    }

    @Test
    void itWakesWhenTheWindowOpens() {
        uneven(in -> in.rebalancing(new Rebalancing(true, 5, 100, 0, false, AT_NOON)));
        given.host("b");
        look();
        Duration untilNoon = Duration.between(given.world.now, Instant.parse("2026-01-01T12:00:00Z"));
        for (Duration left = untilNoon; left.toMinutes() > 0; left = left.minusMinutes(1)) {
            given.world.pass(Duration.ofMinutes(1)).settle();
            if (left.toMinutes() > 1) assertEquals(List.of(), given.leaving());
        }
        given.world.pass(Duration.ofMinutes(1)).settle();
        assertEquals(1, given.leaving().size());
    }

    @Test
    void itWakesWhenTheTasksAreOldEnough() {
        uneven(in -> in.rebalancing(new Rebalancing(true, 5, 100, 660, false, List.of())));
        given.host("b");
        look();
        assertEquals(List.of("service web YOUNG"), given.heldBack());
        given.world.rest();
        assertEquals(1, given.zones("web").get("b"));
    }

    @Test
    void theHourIsCountedFromWhatIsStoredAndEnds() {
        uneven(in -> {
            in.rebalancing(new Rebalancing(true, 5, 2, 0, false, List.of()));
            moved(in, "other", 2);
        });
        given.host("b");
        look();
        given.world.pass(Duration.ofMinutes(59)).settle();
        assertEquals(List.of(), given.leaving());
        given.world.pass(Duration.ofMinutes(2)).settle();
        assertEquals(1, given.leaving().size());
        assertEquals(1, given.status().moves().size(), "older moves are forgotten");
    }

    private void uneven(Consumer<GivenZones> why) {
        given.rebalancing(ANY);
        given.host("a");
        given.balanced("web", 2);
        why.accept(given);
    }

    private void look() {
        given.world.settle();
    }

    private static void moved(GivenZones in, String service, int times) {
        ServiceId id = new ServiceId(World.CLUSTER, service);
        Task any = GivenTask.task(99).build();
        List<RebalancingStatus.Move> moves =
                Collections.nCopies(times, new RebalancingStatus.Move(any.id(), id, in.world.now));
        in.world.put(new RebalancingStatus(World.CLUSTER, moves, List.of(), List.of()));
    }
}
