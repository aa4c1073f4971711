package io.staithe.capacity.consolidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.capacity.packing.Offer;
import io.staithe.core.model.Resources;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsolidationTest {
    private static final int SMALL = 0;
    private static final int LARGE = 1;
    private static final List<Offer> OFFERS = List.of(
            new Offer("small", new Resources(2048, 4000, 0), 100_000, Offer.UNLIMITED),
            new Offer("large", new Resources(8192, 16_000, 0), 400_000, Offer.UNLIMITED));
    private static final ConsolidationLimits LIMITS = new ConsolidationLimits(10, 10, 0.1);

    @Test
    void emptyHostsGoFirstAndCostNoMove() {
        Fleet fleet = new Fleet(OFFERS)
                .with("a", LARGE)
                .with("b", SMALL, task("1", 2048))
                .with("c", SMALL);
        List<Change> changes = Consolidation.propose(fleet.hosts(), OFFERS, new ConsolidationLimits(0, 10, 1));
        assertEquals(
                List.of(List.of("a"), List.of("c")),
                changes.stream().map(Change::going).toList());
        assertEquals(400_000, changes.get(0).savedMicrosPerHour());
    }

    @Test
    void aHostGoesWhoseTasksHaveRoomElsewhere() {
        Fleet fleet = new Fleet(OFFERS).with("a", SMALL, task("1", 1024)).with("b", SMALL, task("2", 1024));
        Change change = only(fleet, LIMITS);
        assertEquals(List.of("a"), change.going());
        assertEquals(Map.of("1", "b"), change.moved());
        assertEquals("host a goes, 0 start, 1 tasks move: saves $0.100000 an hour", change.toString());
    }

    @Test
    void aCheaperHostTakesOver() {
        Fleet fleet = new Fleet(OFFERS).with("a", LARGE, task("1", 1024), task("2", 1024));
        Change change = only(fleet, LIMITS);
        assertEquals(List.of(new Change.Starting(SMALL, List.of("1", "2"))), change.starting());
        assertEquals(300_000, change.savedMicrosPerHour());
    }

    @Test
    void severalAreMadeOne() {
        Fleet fleet = new Fleet(OFFERS).with("a", LARGE, task("1", 3000)).with("b", LARGE, task("2", 5000));
        assertEquals(1, only(fleet, LIMITS).moves());
        Fleet full = new Fleet(OFFERS);
        for (int host = 0; host < 5; host++) full.with("h" + host, SMALL, task("t" + host, 1600));
        List<Offer> cheap = List.of(OFFERS.get(0), new Offer("large", new Resources(8192, 16_000, 0), 250_000, 9));
        Change merged = Consolidation.propose(full.hosts(), cheap, LIMITS).get(0);
        assertEquals(4, merged.going().size());
        assertEquals(1, merged.starting().size());
    }

    @Test
    void whatMayNotMoveKeepsItsHost() {
        Resident fixed = new Resident("1", new Resources(1024, 100, 0), all(), 1, false);
        Fleet fleet = new Fleet(OFFERS).with("a", LARGE, fixed).with("b", LARGE, false, List.of(task("2", 1024)));
        assertEquals(List.of(), Consolidation.propose(fleet.hosts(), OFFERS, LIMITS));
    }

    @Test
    void aTaskGoesOnlyWhereItMayRun() {
        BitSet onLarge = new BitSet();
        onLarge.set(LARGE);
        Resident picky = new Resident("1", new Resources(1024, 100, 0), onLarge, 1, true);
        Fleet fleet = new Fleet(OFFERS).with("a", LARGE, picky).with("b", SMALL, false, List.of());
        assertEquals(List.of(), Consolidation.propose(fleet.hosts(), OFFERS, LIMITS));
    }

    @Test
    void noMoreMovesThanAllowed() {
        Fleet fleet = new Fleet(OFFERS).with("a", LARGE, task("1", 500), task("2", 500), task("3", 500));
        assertEquals(List.of(), Consolidation.propose(fleet.hosts(), OFFERS, new ConsolidationLimits(2, 10, 0)));
    }

    @Test
    void aSmallSavingIsNotWorthIt() {
        Fleet fleet = new Fleet(OFFERS).with("a", LARGE, task("1", 2048), task("2", 2048), task("3", 2048));
        assertEquals(
                1,
                Consolidation.propose(fleet.hosts(), OFFERS, new ConsolidationLimits(9, 25, 0))
                        .size());
        assertEquals(List.of(), Consolidation.propose(fleet.hosts(), OFFERS, new ConsolidationLimits(9, 26, 0)));
    }

    @Test
    void aDearDisruptionIsNotWorthIt() {
        Resident dear = new Resident("1", new Resources(1024, 100, 0), all(), 100, true);
        Fleet fleet = new Fleet(OFFERS).with("a", SMALL, dear).with("b", SMALL, task("2", 1024));
        assertEquals(
                List.of("b"), only(fleet, new ConsolidationLimits(9, 10, 1)).going());
        Fleet alone = new Fleet(OFFERS).with("a", SMALL, dear).with("b", SMALL, false, List.of(task("2", 1024)));
        assertTrue(Consolidation.propose(alone.hosts(), OFFERS, new ConsolidationLimits(9, 10, 1))
                .isEmpty());
    }

    private static Change only(Fleet fleet, ConsolidationLimits limits) {
        List<Change> changes = Consolidation.propose(fleet.hosts(), OFFERS, limits);
        assertEquals(1, changes.size(), changes.toString());
        fleet.carryOut(changes.get(0));
        return changes.get(0);
    }

    private static Resident task(String id, int cpu) {
        return new Resident(id, new Resources(cpu, 100, 0), all(), 1, true);
    }

    private static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, OFFERS.size());
        return all;
    }
}
