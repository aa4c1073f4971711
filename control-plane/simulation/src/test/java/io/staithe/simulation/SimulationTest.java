package io.staithe.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTest {
    /** {@code -Dsimulation.seeds=N}: how many runs. {@code ./dev sim} is for one, with its journal, and for thousands. */
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 200);

    @Test
    void everySeedKeepsTheInvariantsAndConverges() {
        List<Simulation.Result> bad = LongStream.range(0, SEEDS)
                .parallel()
                .mapToObj(seed -> new Simulation(seed).run())
                .filter(result -> result.violation().isPresent())
                .toList();
        if (!bad.isEmpty()) fail(describe(bad.get(0)) + (bad.size() > 1 ? " and " + (bad.size() - 1) + " more" : ""));
    }

    @Test
    void theSameSeedIsTheSameRun() {
        assertEquals(new Simulation(7).run().checksum(), new Simulation(7).run().checksum());
        assertNotEquals(
                new Simulation(7).run().checksum(), new Simulation(8).run().checksum());
    }

    /** Seeds that found something, and what. */
    @ParameterizedTest
    @CsvSource({
        "4, the gateway spun when a session fell silent at the very instant of its deadline",
        "104, health was judged by edge hosts that had just been lost",
        "202, a proxy's restart made a deployment without spare room stop the only serving task",
        "412, tasks were started for a desired count that the user had lowered meanwhile",
        "1127, a claim to lead that was committed without an answer kept everybody from leading"
    })
    void regression(long seed, String what) {
        Simulation.Result result = new Simulation(seed).run();
        if (result.violation().isPresent()) fail(what + ": " + describe(result));
    }

    private static String describe(Simulation.Result result) {
        return "seed " + result.seed() + ": " + result.violation().orElse("") + "\nreplay: ./dev sim " + result.seed();
    }
}
