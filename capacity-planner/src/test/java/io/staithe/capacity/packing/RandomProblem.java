package io.staithe.capacity.packing;

import io.staithe.core.model.Resources;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Problems from a seed: odd amounts and prices, classes that may use some offers only, named resources, open hosts, limits. */
final class RandomProblem {
    private final Random random;

    RandomProblem(long seed) {
        random = new Random(seed);
    }

    /** @param tasks about that many of each class at most */
    PackingProblem limited(int classes, int tasks, int offers) {
        List<Offer> sold = offers(offers, true);
        List<OpenHost> open = new ArrayList<>();
        for (int host = random.nextInt(4); host > 0; host--) {
            int offer = random.nextInt(offers);
            Resources room = sold.get(offer).room();
            open.add(new OpenHost(
                    offer,
                    new Resources(
                            random.nextInt(room.cpu() + 1),
                            random.nextInt(room.memory() + 1),
                            random.nextInt(room.gpus() + 1),
                            room.others())));
        }
        int hosts = random.nextBoolean() ? Offer.UNLIMITED : random.nextInt(classes * tasks / 2 + 1);
        long budget = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(2_000_000);
        return new PackingProblem(classes(classes, tasks, offers), sold, open, hosts, budget);
    }

    PackingProblem unlimited(int classes, int tasks, int offers) {
        return new PackingProblem(classes(classes, tasks, offers), offers(offers, false));
    }

    private List<Offer> offers(int count, boolean limited) {
        List<Offer> offers = new ArrayList<>();
        for (int offer = 0; offer < count; offer++) {
            int cores = 1 << random.nextInt(5);
            int memory = cores * (1 + random.nextInt(8)) * 1000;
            offers.add(new Offer(
                    "type-" + offer,
                    new Resources(
                            cores * 1024,
                            memory,
                            random.nextInt(4) == 0 ? 2 : 0,
                            random.nextBoolean() ? Map.of("slots", 1 + random.nextInt(8)) : Map.of()),
                    1 + cores * 30_000L + memory * 5L + random.nextInt(9_000),
                    limited && random.nextInt(3) == 0 ? random.nextInt(4) : Offer.UNLIMITED));
        }
        return offers;
    }

    private List<TaskClass> classes(int count, int tasks, int offers) {
        List<TaskClass> classes = new ArrayList<>();
        for (int taskClass = 0; taskClass < count; taskClass++) {
            BitSet allowed = new BitSet();
            for (int offer = 0; offer < offers; offer++) if (random.nextInt(5) > 0) allowed.set(offer);
            classes.add(new TaskClass(
                    random.nextInt(tasks + 1),
                    new Resources(
                            random.nextInt(4000),
                            1 + random.nextInt(9000),
                            random.nextInt(10) == 0 ? 1 : 0,
                            random.nextInt(4) == 0 ? Map.of("slots", 1 + random.nextInt(2)) : Map.of()),
                    allowed));
        }
        return classes;
    }
}
