package io.staithe.capacity.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackerPropertiesTest {
    private static final long STEPS = 2_000_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPackingIsValid(long seed) {
        RandomProblem random = new RandomProblem(seed);
        PackingProblem problem = seed % 2 == 0 ? random.limited(8, 30, 6) : random.unlimited(12, 60, 8);
        PackingCheck.check(problem, Packer.pack(problem, STEPS));
        PackingCheck.check(problem, Packer.pack(problem, 0));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsLeftOutIsLeftOutByALimit(long seed) {
        PackingProblem problem = new RandomProblem(seed).unlimited(8, 10, 6);
        assertTrue(Packer.pack(problem, STEPS).unplaced().stream()
                .noneMatch(unplaced -> unplaced.cause() == Unplaced.Cause.LIMIT));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfTheInputDoesNotMatter(long seed) {
        PackingProblem problem = new RandomProblem(seed).limited(8, 30, 6);
        PackingProblem shuffled = shuffled(problem, new Random(seed));
        Packing one = Packer.pack(problem, STEPS);
        Packing other = Packer.pack(shuffled, STEPS);
        PackingCheck.check(shuffled, other);
        assertEquals(one.microsPerHour(), other.microsPerHour());
        assertEquals(one.boundMicrosPerHour(), other.boundMicrosPerHour());
        assertEquals(tasks(one), tasks(other));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void moreWorkIsNeverDearer(long seed) {
        PackingProblem problem = new RandomProblem(seed).unlimited(15, 60, 8);
        long little = Packer.pack(problem, 0).microsPerHour();
        long some = Packer.pack(problem, STEPS).microsPerHour();
        assertTrue(some <= little, some + " after " + little);
    }

    private static int tasks(Packing packing) {
        return packing.unplaced().stream().mapToInt(Unplaced::count).sum();
    }

    private static PackingProblem shuffled(PackingProblem problem, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int offer = 0; offer < problem.offers().size(); offer++) order.add(offer);
        Collections.shuffle(order, random);
        List<TaskClass> classes = new ArrayList<>();
        for (TaskClass taskClass : problem.classes()) {
            BitSet offers = new BitSet();
            for (int at = 0; at < order.size(); at++)
                offers.set(at, taskClass.offers().get(order.get(at)));
            classes.add(new TaskClass(taskClass.count(), taskClass.needs(), offers));
        }
        Collections.shuffle(classes, random);
        List<OpenHost> open = new ArrayList<>();
        for (OpenHost host : problem.open()) open.add(new OpenHost(order.indexOf(host.offer()), host.room()));
        Collections.shuffle(open, random);
        List<Offer> offers = order.stream().map(problem.offers()::get).toList();
        return new PackingProblem(classes, offers, open, problem.hostLimit(), problem.budgetMicrosPerHour());
    }
}
