package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementPolicy.Preference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A demand's preferences, prepared for a search: it looks for hosts of the largest sum of weights first, then of the next.
 * What a preference asks about attributes alone is known of a whole class of hosts, the rest is asked host by host.
 */
final class Preferences {
    private final List<Preference> asked;
    private final List<Expressions> expressions = new ArrayList<>();
    /** Every sum of weights that a host can reach, the largest first; the last is 0. */
    private final int[] sums;
    /** By class: the weights of what all of its hosts meet. */
    private int[] certain = {};
    /** By class: bits of the preferences that its hosts may meet, each by itself. */
    private int[] open = {};
    /** By class: the weights of those. */
    private int[] atStake = {};

    Preferences(Demand demand) {
        asked = demand.preferences();
        for (Preference preference : asked)
            expressions.add(new Expressions(List.of(new PlacementConstraint("memberOf", preference.expression()))));
        sums = sumsOf(asked);
    }

    private static int[] sumsOf(List<Preference> preferences) {
        TreeSet<Integer> sums = new TreeSet<>(List.of(0));
        for (Preference preference : preferences) for (int sum : List.copyOf(sums)) sums.add(sum + preference.weight());
        return sums.descendingSet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** The names of the attributes that are asked about. */
    Set<String> attributes() {
        return expressions.stream()
                .flatMap(expression -> expression.attributes().stream())
                .collect(Collectors.toSet());
    }

    /** How many sums there are to try; at least 1, at most 32. */
    int levels() {
        return sums.length;
    }

    void learn(int hostClass, Host example) {
        if (hostClass >= certain.length) {
            certain = Arrays.copyOf(certain, 2 * hostClass + 8);
            open = Arrays.copyOf(open, certain.length);
            atStake = Arrays.copyOf(atStake, certain.length);
        }
        for (int i = 0; i < asked.size(); i++) {
            if (!expressions.get(i).allowClass(example)) continue;
            if (expressions.get(i).askAboutHosts()) {
                open[hostClass] |= 1 << i;
                atStake[hostClass] += asked.get(i).weight();
            } else {
                certain[hostClass] += asked.get(i).weight();
            }
        }
    }

    /** Whether a host of the class may have the sum of this level. */
    boolean mayReach(int level, int hostClass) {
        int missing = sums[level] - certain[hostClass];
        return missing >= 0 && missing <= atStake[hostClass];
    }

    /** Whether the host has the sum of this level. */
    boolean areMet(int level, int hostClass, Host host) {
        return open[hostClass] == 0 || weightOf(hostClass, host) == sums[level];
    }

    /** The sum of the weights of the preferences that the host meets. */
    int weightOf(int hostClass, Host host) {
        int sum = certain[hostClass];
        for (int i = 0; i < asked.size(); i++)
            if ((open[hostClass] & (1 << i)) != 0 && expressions.get(i).allowHost(host))
                sum += asked.get(i).weight();
        return sum;
    }

    /** Those that the host meets, as they were written. */
    List<String> metBy(Host host) {
        List<String> met = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++)
            if (expressions.get(i).allowClass(host) && expressions.get(i).allowHost(host))
                met.add(asked.get(i).expression());
        return met;
    }
}
