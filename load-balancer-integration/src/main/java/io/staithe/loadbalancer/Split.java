package io.staithe.loadbalancer;

import io.staithe.core.model.Action;
import io.staithe.core.model.WeightedTargetGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How an action with several target groups divides its requests: each request draws a number below {@link #PARTS}, and the
 * first group whose bound is above it has it. The groups are in the order of their names, so that weights can change
 * places without a new configuration.
 *
 * @param bounds of all groups but the last, which has the rest; rising, 0 to {@link #PARTS}
 */
public record Split(List<Integer> bounds) {
    /** Millionths: no share is off by more than one. */
    public static final int PARTS = 1_000_000;

    public Split {
        bounds = List.copyOf(bounds);
    }

    static Split of(Action action) {
        List<WeightedTargetGroup> groups = groups(action);
        long all = groups.stream().mapToLong(WeightedTargetGroup::weight).sum();
        List<Integer> bounds = new ArrayList<>();
        long sum = 0;
        for (WeightedTargetGroup group : groups.subList(0, groups.size() - 1)) {
            sum += group.weight();
            bounds.add((int) (sum * PARTS / all));
        }
        return new Split(bounds);
    }

    /** The groups of an action in the order of a split. */
    static List<WeightedTargetGroup> groups(Action action) {
        return action.forward().stream()
                .sorted(Comparator.comparing(WeightedTargetGroup::targetGroup))
                .toList();
    }

    /**
     * Which group has a request.
     *
     * @param drawn 0 to {@link #PARTS} - 1
     * @return its place among {@link #groups}
     */
    int choose(int drawn) {
        int place = 0;
        while (place < bounds.size() && drawn >= bounds.get(place)) place++;
        return place;
    }
}
