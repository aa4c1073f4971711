package io.staithe.simulation;

import java.util.List;
import java.util.stream.LongStream;

/** {@code SEED}: replays one run, with its journal. {@code --seeds N [FIRST]}: many runs; ends non-zero at a violation. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        List<String> words = List.of(args);
        if (words.isEmpty()) {
            System.err.println("usage: sim SEED | sim --seeds N [FIRST]");
            System.exit(2);
        }
        boolean good = words.get(0).equals("--seeds")
                ? many(Integer.parseInt(words.get(1)), words.size() > 2 ? Long.parseLong(words.get(2)) : 0)
                : one(Long.parseLong(words.get(0)));
        System.exit(good ? 0 : 1);
    }

    private static boolean one(long seed) {
        Simulation.Result result = new Simulation(seed).run();
        result.journal().forEach(System.out::println);
        return told(result);
    }

    private static boolean many(int seeds, long first) {
        long started = System.nanoTime();
        List<Simulation.Result> bad = LongStream.range(first, first + seeds)
                .parallel()
                .mapToObj(seed -> new Simulation(seed).run())
                .filter(result -> result.violation().isPresent())
                .toList();
        bad.forEach(Main::told);
        System.out.printf(
                "%d seeds from %d, %d violations, %.1f s%n",
                seeds, first, bad.size(), (System.nanoTime() - started) / 1e9);
        return bad.isEmpty();
    }

    /** What went wrong and the one command that shows it again. */
    private static boolean told(Simulation.Result result) {
        if (result.violation().isEmpty()) {
            System.out.printf(
                    "seed %d: %d steps, checksum %08x, all invariants hold%n",
                    result.seed(), result.steps(), result.checksum());
            return true;
        }
        System.out.printf(
                "seed %d: %s%n  replay: ./dev sim %d%n",
                result.seed(), result.violation().get(), result.seed());
        return false;
    }
}
