package io.staithe.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The one source of chance; everything follows from its seed. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** Both bounds included. */
    int between(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    Duration millis(int min, int max) {
        return Duration.ofMillis(between(min, max));
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Mostly near the mean, now and then much longer: how waiting for faults and for people looks. */
    Duration exponential(Duration mean) {
        double factor = -Math.log(1 - random.nextDouble());
        return Duration.ofMillis((long) (mean.toMillis() * Math.min(factor, 8)));
    }
}
