package io.staithe.agent.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many lives of a host, each from a seed: tasks come and go, the runtime is slow, fails, goes away and loses answers, the
 * agent dies, the control plane is away or is restored. To replay one, run {@code new RandomLife(seed)}.
 */
final class RandomLifeTest {
    private static final int STEPS = 400;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsItsPromisesAndComesToRest(long seed) throws Exception {
        RandomLife life = new RandomLife(seed);
        for (int step = 0; step < STEPS; step++) life.step();
        life.heal();
        life.assertAtRest();
    }

    @ParameterizedTest
    @MethodSource("aFewSeeds")
    void theSameSeedIsTheSameLife(long seed) throws Exception {
        assertEquals(trace(seed), trace(seed));
        assertTrue(trace(seed).size() > STEPS / 10);
    }

    static LongStream aFewSeeds() {
        return LongStream.range(0, 5);
    }

    private static List<String> trace(long seed) throws Exception {
        RandomLife life = new RandomLife(seed);
        for (int step = 0; step < STEPS; step++) life.step();
        return life.trace();
    }
}
