package io.staithe.capacity.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Resources;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackerTest {
    private static final Offer SMALL = new Offer("small", new Resources(2048, 4000, 0), 85_000, Offer.UNLIMITED);
    private static final Offer ROOMY = new Offer("roomy", new Resources(2048, 16_000, 0), 126_000, Offer.UNLIMITED);
    private static final Offer LARGE = new Offer("large", new Resources(8192, 16_000, 0), 340_000, Offer.UNLIMITED);
    private static final List<Offer> OFFERS = List.of(LARGE, ROOMY, SMALL);

    @Test
    void nothingIsBoughtForNothing() {
        Packing packing = pack(List.of(), OFFERS);
        assertEquals(List.of(), packing.purchases());
        assertEquals(0, packing.boundMicrosPerHour());
    }

    @Test
    void oneTaskGetsTheCheapestHostThatHoldsIt() {
        assertEquals(
                List.of(new Packing.Purchase(2, 1, Map.of(0, 1))),
                pack(List.of(tasks(1, 256, 512)), OFFERS).purchases());
        assertEquals(
                List.of(new Packing.Purchase(1, 1, Map.of(0, 1))),
                pack(List.of(tasks(1, 256, 5000)), OFFERS).purchases());
        Packing packing = pack(List.of(tasks(1, 4096, 512)), OFFERS);
        assertEquals(List.of(new Packing.Purchase(0, 1, Map.of(0, 1))), packing.purchases());
        assertEquals(packing.microsPerHour(), packing.boundMicrosPerHour());
    }

    @Test
    void hostsThatAreAlikeAreSaidOnce() {
        assertEquals(
                List.of(new Packing.Purchase(1, 3, Map.of(0, 1))),
                pack(List.of(tasks(3, 2048, 1000)), OFFERS.subList(1, 3)).purchases());
    }

    @Test
    void tasksOfSeveralKindsShareAHost() {
        Packing packing = pack(List.of(tasks(1, 1024, 1000), tasks(1, 1024, 14_000)), OFFERS);
        assertEquals(List.of(new Packing.Purchase(1, 1, Map.of(0, 1, 1, 1))), packing.purchases());
    }

    @Test
    void openHostsAreUsedFirst() {
        PackingProblem problem = new PackingProblem(
                List.of(tasks(3, 1024, 1000)),
                OFFERS,
                List.of(new OpenHost(0, new Resources(2048, 3000, 0))),
                Offer.UNLIMITED,
                Long.MAX_VALUE);
        Packing packing = Packer.pack(problem, Packer.QUICK_STEPS);
        assertEquals(List.of(new Packing.OnOpenHost(0, Map.of(0, 2))), packing.onOpenHosts());
        assertEquals(List.of(new Packing.Purchase(2, 1, Map.of(0, 1))), packing.purchases());
    }

    @Test
    void whatIsTooLargeSaysOfWhat() {
        List<TaskClass> classes = List.of(
                tasks(2, 16_384, 512),
                tasks(1, 256, 40_000),
                needing(1, new Resources(256, 512, 1)),
                needing(1, new Resources(256, 512, 0, Map.of("licences", 1))),
                new TaskClass(4, new Resources(256, 512, 0), new BitSet()),
                tasks(0, 90_000, 512));
        assertEquals(
                List.of(
                        new Unplaced(0, 2, Unplaced.Cause.TOO_LARGE, "cpu"),
                        new Unplaced(1, 1, Unplaced.Cause.TOO_LARGE, "memory"),
                        new Unplaced(2, 1, Unplaced.Cause.TOO_LARGE, "gpu"),
                        new Unplaced(3, 1, Unplaced.Cause.TOO_LARGE, "licences"),
                        new Unplaced(4, 4, Unplaced.Cause.NO_OFFER, "")),
                pack(classes, OFFERS).unplaced());
    }

    @Test
    void limitsLeaveOutWhatTheyMust() {
        Offer one = new Offer("one", new Resources(2048, 4000, 0), 85_000, 1);
        List<TaskClass> classes = List.of(tasks(5, 1024, 1000));
        assertEquals(
                List.of(new Unplaced(0, 3, Unplaced.Cause.LIMIT, "")),
                pack(classes, List.of(one)).unplaced());
        classes = among(List.of(SMALL), classes);
        PackingProblem few = new PackingProblem(classes, List.of(SMALL), List.of(), 2, Long.MAX_VALUE);
        assertEquals(1, Packer.pack(few, Packer.QUICK_STEPS).unplaced().get(0).count());
        PackingProblem poor = new PackingProblem(classes, List.of(SMALL), List.of(), Offer.UNLIMITED, 169_999);
        assertEquals(3, Packer.pack(poor, Packer.QUICK_STEPS).unplaced().get(0).count());
    }

    @Test
    void fewHostsAreLargeOnes() {
        PackingProblem problem =
                new PackingProblem(List.of(tasks(16, 1024, 1000)), OFFERS, List.of(), 2, Long.MAX_VALUE);
        Packing packing = Packer.pack(problem, Packer.QUICK_STEPS);
        assertEquals(List.of(), packing.unplaced());
        assertEquals(2, packing.hosts());
    }

    @Test
    void saysWhatTheNextBestTypeWouldCost() {
        Packing packing = pack(List.of(tasks(2, 1024, 2000)), OFFERS);
        assertEquals(
                List.of("1 small for 2 tasks: $0.042500 an hour each, on roomy at least $0.063000"),
                packing.reasons().stream().map(Reason::toString).toList());
        Packing only = pack(List.of(tasks(1, 8192, 2000)), OFFERS);
        assertEquals(
                List.of("1 large for 1 tasks: $0.340000 an hour each, and no other type may run them all"),
                only.reasons().stream().map(Reason::toString).toList());
    }

    /** Eight of 3 and eight of 5 on hosts of 8: only pairs leave nothing over. */
    @Test
    void manyArePackedWithoutWaste() {
        Offer host = new Offer("host", new Resources(8192, 100_000, 0), 100_000, Offer.UNLIMITED);
        Packing packing = pack(List.of(tasks(800, 3072, 100), tasks(800, 5120, 100)), List.of(host));
        assertEquals(800, packing.hosts());
        assertTrue(packing.boundMicrosPerHour() > 79_999_000);
    }

    private static Packing pack(List<TaskClass> classes, List<Offer> offers) {
        return Packer.pack(new PackingProblem(among(offers, classes), offers), Packer.QUICK_STEPS);
    }

    /** Which may use those of these offers that they could of all. */
    private static List<TaskClass> among(List<Offer> offers, List<TaskClass> classes) {
        return classes.stream()
                .map(of -> new TaskClass(of.count(), of.needs(), of.offers().get(0, offers.size())))
                .toList();
    }

    private static TaskClass tasks(int count, int cpu, int memory) {
        return needing(count, new Resources(cpu, memory, 0));
    }

    private static TaskClass needing(int count, Resources needs) {
        BitSet all = new BitSet();
        all.set(0, OFFERS.size());
        return new TaskClass(count, needs, all);
    }
}
