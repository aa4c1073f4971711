package io.staithe.core.model;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of what hosts have and tasks reserve.
 *
 * @param cpu CPU units; 1024 are one core
 * @param memory MiB
 * @param gpus whole GPUs
 * @param others whole numbers of whatever else hosts declare, by name and in the order of names; what is absent is 0
 */
public record Resources(int cpu, int memory, int gpus, Map<String, Integer> others) {
    public static final Resources NONE = new Resources(0, 0, 0);

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,63}");
    /** The API's own names of what has a component here, or is no number. */
    private static final Set<String> TAKEN =
            Set.of("cpu", "memory", "gpu", "ports", "ports_udp", "inferenceaccelerator");

    public Resources {
        others = named(others);
    }

    public Resources(int cpu, int memory, int gpus) {
        this(cpu, memory, gpus, Map.of());
    }

    /** How much of a named resource. */
    public int other(String name) {
        return others.getOrDefault(name, 0);
    }

    public Resources plus(Resources other) {
        return new Resources(
                cpu + other.cpu, memory + other.memory, gpus + other.gpus, combined(others, other.others, 1));
    }

    public Resources minus(Resources other) {
        return new Resources(
                cpu - other.cpu, memory - other.memory, gpus - other.gpus, combined(others, other.others, -1));
    }

    /** What of this is left over when {@code other} covers what it can; never negative. */
    public Resources beyond(Resources other) {
        Map<String, Integer> left = new TreeMap<>();
        others.forEach((name, count) -> left.put(name, Math.max(0, count - other.other(name))));
        return new Resources(
                Math.max(0, cpu - other.cpu), Math.max(0, memory - other.memory), Math.max(0, gpus - other.gpus), left);
    }

    public boolean fitsIn(Resources room) {
        return cpu <= room.cpu
                && memory <= room.memory
                && gpus <= room.gpus
                && others.entrySet().stream().allMatch(need -> need.getValue() <= room.other(need.getKey()));
    }

    /** @throws Invalid for what cannot be the name of a resource */
    public static void checkName(String name, String field) {
        Check.that(
                NAME.matcher(name).matches(),
                field,
                "must be a letter, then up to 63 letters, digits, dots, hyphens and underscores");
        Check.that(
                !TAKEN.contains(name.toLowerCase(Locale.ROOT)),
                field,
                "must not be " + name + ": that is a resource of its own");
    }

    private static Map<String, Integer> combined(Map<String, Integer> one, Map<String, Integer> two, int sign) {
        if (two.isEmpty()) return one;
        Map<String, Integer> sum = new TreeMap<>(one);
        two.forEach((name, count) -> sum.merge(name, sign * count, Integer::sum));
        return sum;
    }

    /** Nothing of something is as good as not naming it: the two must be equal. */
    private static Map<String, Integer> named(@Nullable Map<String, Integer> counts) {
        if (counts == null || counts.isEmpty()) return Map.of();
        Map<String, Integer> sorted = new TreeMap<>();
        counts.forEach((name, count) -> {
            checkName(name, "others");
            if (count != 0) sorted.put(name, count);
        });
        return sorted.isEmpty() ? Map.of() : Collections.unmodifiableMap(sorted);
    }
}
