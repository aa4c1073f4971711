package io.staithe.server.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The rounds of a benchmark by what was measured, in the order of its first appearance. */
final class Figures {
    private final String unit;
    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

    Figures(String unit) {
        this.unit = unit;
    }

    void add(String what, double value) {
        rounds.computeIfAbsent(what, w -> new ArrayList<>()).add(value);
    }

    double median(String what) {
        List<Double> sorted =
                rounds.getOrDefault(what, List.of()).stream().sorted().toList();
        if (sorted.isEmpty()) throw new IllegalArgumentException("nothing was measured of " + what);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The median and every round. */
    void print() {
        rounds.forEach((what, values) -> System.out.printf(
                Locale.ROOT,
                "  %-52s %8.2f %s   of %s%n",
                what,
                median(what),
                unit,
                values.stream()
                        .map(value -> String.format(Locale.ROOT, "%.2f", value))
                        .collect(Collectors.joining(" "))));
    }

    void printRatio(String what, String against) {
        System.out.printf(Locale.ROOT, "  %s is %.2f times %s%n", what, median(what) / median(against), against);
    }
}
