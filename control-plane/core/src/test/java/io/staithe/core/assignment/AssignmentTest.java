package io.staithe.core.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AssignmentTest {
    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDifferenceTurnsTheOlderIntoTheNewer(long seed) {
        Sample sample = new Sample(seed);
        Assignment known = Assignment.EMPTY;
        Assignment wanted = Assignment.EMPTY;
        for (int step = 0; step < 10; step++) {
            wanted = next(sample, wanted);
            Assignment.Delta delta = wanted.since(known);
            assertFalse(delta.full());
            assertEquals(wanted.equals(known), delta.isEmpty());
            known = known.applying(delta);
            assertEquals(wanted, known);
            assertTrue(wanted.since(known).isEmpty());
            assertEquals(known, known.applying(delta), "a difference that comes twice changes nothing");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDifferenceHoldsOnlyWhatDiffers(long seed) {
        Sample sample = new Sample(seed);
        Assignment older = Assignment.of(items(sample));
        Assignment newer = next(sample, older);
        Assignment.Delta delta = newer.since(older);
        for (Item item : delta.put()) assertFalse(older.items().toList().contains(item));
        for (String id : delta.removed()) {
            assertTrue(older.item(id).isPresent());
            assertTrue(newer.item(id).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theWholeReplacesEverything(long seed) {
        Sample sample = new Sample(seed);
        Assignment wanted = Assignment.of(items(sample));
        assertTrue(wanted.whole().full());
        assertFalse(wanted.whole().isEmpty());
        assertEquals(wanted, Assignment.of(items(sample)).applying(wanted.whole()));
        assertEquals(Assignment.EMPTY, wanted.applying(Assignment.EMPTY.whole()));
    }

    @Test
    void readsAsTasksAndAsARoutingTable() {
        Sample sample = new Sample(9);
        AssignedTask task = sample.of(AssignedTask.class);
        Listener listener = sample.of(Listener.class);
        Rule rule = sample.of(Rule.class);
        TargetGroup group = sample.of(TargetGroup.class);
        Target target = sample.of(Target.class);
        Assignment assignment = Assignment.of(List.of(
                new Item.SendTo(target),
                new Item.RunTask(task),
                new Item.Listen(listener),
                new Item.Route(rule),
                new Item.Group(group)));
        assertEquals(List.of(task), assignment.tasks().toList());
        assertEquals(
                new RoutingTable(List.of(listener), List.of(rule), List.of(group), List.of(target)),
                assignment.routing());
        assertEquals(5, assignment.items().map(Item::id).distinct().count());
    }

    /** Some items gone, some changed, some new. */
    private static Assignment next(Sample sample, Assignment from) {
        List<Item> items = new ArrayList<>();
        from.items().forEach(item -> {
            if (sample.chance(0.3)) return;
            items.add(item instanceof Item.SendTo send && sample.chance(0.5) ? drained(send) : item);
        });
        if (sample.chance(0.8)) items.addAll(items(sample));
        return Assignment.of(items);
    }

    private static Item drained(Item.SendTo send) {
        Target target = send.target();
        return new Item.SendTo(new Target(
                target.task(),
                target.targetGroup(),
                target.containerName(),
                target.containerPort(),
                target.address(),
                target.port(),
                !target.draining()));
    }

    private static List<Item> items(Sample sample) {
        List<Item> items = new ArrayList<>();
        sample.list(AssignedTask.class).forEach(task -> items.add(new Item.RunTask(task)));
        sample.list(Listener.class).forEach(listener -> items.add(new Item.Listen(listener)));
        sample.list(Rule.class).forEach(rule -> items.add(new Item.Route(rule)));
        sample.list(TargetGroup.class).forEach(group -> items.add(new Item.Group(group)));
        sample.list(Target.class).forEach(target -> items.add(new Item.SendTo(target)));
        return items;
    }
}
