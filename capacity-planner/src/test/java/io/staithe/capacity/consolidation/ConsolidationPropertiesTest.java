package io.staithe.capacity.consolidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.capacity.packing.Offer;
import io.staithe.core.model.Resources;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fleets from a seed, some of their tasks fixed, changed until nothing more is proposed. */
class ConsolidationPropertiesTest {
    private static final int MOVES = 12;
    private static final int MOST_ROUNDS = 60;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void comesToRestAndCostsLessEachTime(long seed) {
        List<Offer> offers = offers(new Random(seed));
        Fleet fleet = fleet(new Random(seed), offers);
        int tasks = fleet.tasks();
        ConsolidationLimits limits = new ConsolidationLimits(MOVES, 5, 0.2);
        int rounds = 0;
        for (List<Change> changes = Consolidation.propose(fleet.hosts(), offers, limits);
                !changes.isEmpty();
                changes = Consolidation.propose(fleet.hosts(), offers, limits)) {
            assertTrue(changes.stream().mapToInt(Change::moves).sum() <= MOVES, "too many moves");
            for (Change change : changes) {
                assertTrue(change.savedMicrosPerHour() > 0 && change.score() >= 0.2, change.toString());
                fleet.carryOut(change);
            }
            assertEquals(tasks, fleet.tasks());
            assertTrue(++rounds <= MOST_ROUNDS, "does not come to rest");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfHostsDoesNotMatter(long seed) {
        List<Offer> offers = offers(new Random(seed));
        List<RunningHost> hosts = fleet(new Random(seed), offers).hosts();
        List<RunningHost> shuffled = new ArrayList<>(hosts);
        java.util.Collections.shuffle(shuffled, new Random(seed));
        ConsolidationLimits limits = new ConsolidationLimits(MOVES, 5, 0.2);
        assertEquals(Consolidation.propose(hosts, offers, limits), Consolidation.propose(shuffled, offers, limits));
    }

    private static List<Offer> offers(Random random) {
        List<Offer> offers = new ArrayList<>();
        for (int offer = 0; offer < 6; offer++) {
            int cores = 2 << offer % 3;
            int memory = cores * (offer < 3 ? 2000 : 8000);
            offers.add(new Offer(
                    "type-" + offer,
                    new Resources(cores * 1024, memory, 0),
                    cores * 40_000L + memory * 3L + random.nextInt(5_000),
                    Offer.UNLIMITED));
        }
        return offers;
    }

    private static Fleet fleet(Random random, List<Offer> offers) {
        Fleet fleet = new Fleet(offers);
        int number = 0;
        for (int host = 0; host < 20; host++) {
            int offer = random.nextInt(offers.size());
            Resources room = offers.get(offer).room();
            List<Resident> residents = new ArrayList<>();
            for (int most = random.nextInt(8); most > 0; most--) {
                Resources needs = new Resources(1 + random.nextInt(2000), 1 + random.nextInt(6000), 0);
                if (!needs.fitsIn(room)) continue;
                room = room.minus(needs);
                BitSet allowed = new BitSet();
                for (int other = 0; other < offers.size(); other++)
                    if (other == offer || random.nextInt(4) > 0) allowed.set(other);
                residents.add(
                        new Resident("task-" + number++, needs, allowed, random.nextInt(3), random.nextInt(15) > 0));
            }
            fleet.with("host-" + host, offer, random.nextInt(10) > 0, residents);
        }
        return fleet;
    }
}
