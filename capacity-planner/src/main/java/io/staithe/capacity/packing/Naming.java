package io.staithe.capacity.packing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** From the classes of the {@link Grid} back to the problem's, of which several may be one: each task is given out once. */
final class Naming {
    private final Grid grid;
    /** By class: which of its members is next, and how many of it are left. */
    private final int[] member;

    private final int[] left;

    Naming(Grid grid) {
        this.grid = grid;
        member = new int[grid.classes()];
        left = new int[grid.classes()];
        for (int taskClass = 0; taskClass < left.length; taskClass++) left[taskClass] = countOf(taskClass);
    }

    List<Packing.OnOpenHost> open(List<OpenHosts.Filled> filled) {
        return filled.stream()
                .map(host -> new Packing.OnOpenHost(host.host(), named(host.counts())))
                .toList();
    }

    List<Packing.Purchase> bought(List<Pattern> hosts) {
        Map<Packing.Purchase, Integer> alike = new LinkedHashMap<>();
        for (Pattern host : hosts)
            alike.merge(new Packing.Purchase(grid.offerOf[host.offer], 1, named(host.counts)), 1, Integer::sum);
        List<Packing.Purchase> purchases = new ArrayList<>();
        alike.forEach((one, times) -> purchases.add(new Packing.Purchase(one.offer(), times, one.tasks())));
        return purchases;
    }

    List<Unplaced> unplaced(int[] remaining) {
        List<Unplaced> unplaced = new ArrayList<>();
        named(remaining).forEach((index, count) -> unplaced.add(new Unplaced(index, count, Unplaced.Cause.LIMIT, "")));
        return unplaced;
    }

    private Map<Integer, Integer> named(int[] counts) {
        Map<Integer, Integer> named = new TreeMap<>();
        for (int taskClass = 0; taskClass < counts.length; taskClass++) {
            for (int wanted = counts[taskClass]; wanted > 0; ) {
                int taken = Math.min(wanted, left[taskClass]);
                if (taken > 0) named.put(indexOf(taskClass), taken);
                wanted -= taken;
                left[taskClass] -= taken;
                if (wanted == 0) break;
                member[taskClass]++;
                left[taskClass] = countOf(taskClass);
            }
        }
        return named;
    }

    private int indexOf(int taskClass) {
        return grid.membersOf.get(taskClass).get(member[taskClass]);
    }

    private int countOf(int taskClass) {
        return grid.problem.classes().get(indexOf(taskClass)).count();
    }
}
