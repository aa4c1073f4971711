package io.staithe.simulation;

import java.time.Duration;

/**
 * How much goes wrong: probabilities per call or message, and mean times between outages; zero means never. Drawn anew for
 * each seed, so that some runs have one kind of trouble only and others all of them.
 */
record Faults(
        double unknownCommit,
        double slowCommit,
        double pullFails,
        double pullSlow,
        double containerDies,
        double providerFails,
        double hostNeverJoins,
        Duration viewLost,
        Duration controlPlaneCrash,
        Duration controlPlanePause,
        Duration agentCrash,
        Duration checkpointLost,
        Duration reboot,
        Duration dockerAway,
        Duration partition,
        Duration proxyCrash,
        Duration containerBusy,
        Duration hostTaken) {
    static final Faults NONE = new Faults(
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);

    static Faults draw(Chance chance) {
        return new Faults(
                probability(chance, 0.05),
                probability(chance, 0.1),
                probability(chance, 0.1),
                probability(chance, 0.1),
                probability(chance, 0.1),
                probability(chance, 0.3),
                probability(chance, 0.3),
                meanTime(chance, 60),
                meanTime(chance, 90),
                meanTime(chance, 90),
                meanTime(chance, 60),
                meanTime(chance, 180),
                meanTime(chance, 240),
                meanTime(chance, 120),
                meanTime(chance, 90),
                meanTime(chance, 120),
                meanTime(chance, 20),
                meanTime(chance, 60));
    }

    private static double probability(Chance chance, double max) {
        return chance.happens(0.5) ? 0 : max * chance.between(1, 100) / 100;
    }

    private static Duration meanTime(Chance chance, int seconds) {
        return chance.happens(0.5) ? Duration.ZERO : Duration.ofSeconds(chance.between(seconds / 2, seconds * 3));
    }
}
