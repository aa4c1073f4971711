package io.staithe.capacity.packing;

import io.staithe.core.model.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A problem in arrays, and in one order whatever that of its input: offers by price, classes from the largest; classes that are
 * alike are one. Only resources that some task needs are looked at, and only tasks that some offer has room for.
 */
final class Grid {
    private static final double MISSING = 1000;

    final PackingProblem problem;
    /** What the third index of amounts stands for. */
    final List<String> resources;
    /** By class and resource. */
    final int[][] needs;
    /** Tasks of each class. */
    final int[] counts;
    /** By offer and resource. */
    final int[][] rooms;

    final long[] prices;
    /** By offer and class: it may run there. */
    final boolean[][] allowed;
    /** By offer and class: it may run there, and one fits. */
    final boolean[][] usable;
    /** By class, what a task without a host counts as, in dollars an hour: more than any host that it could get. */
    final double[] missing;
    /** By offer, its index in the problem. */
    final int[] offerOf;
    /** By class, the indexes of the problem's classes that are it. */
    final List<List<Integer>> membersOf;

    private record Alike(Resources needs, BitSet offers) {}

    private Grid(PackingProblem problem, int[] offerOf, List<Alike> classes, Map<Alike, List<Integer>> members) {
        this.problem = problem;
        this.offerOf = offerOf;
        resources = resources(classes);
        needs = classes.stream().map(alike -> amounts(alike.needs)).toArray(int[][]::new);
        rooms = IntStream.of(offerOf)
                .mapToObj(offer -> amounts(problem.offers().get(offer).room()))
                .toArray(int[][]::new);
        prices = IntStream.of(offerOf)
                .mapToLong(offer -> problem.offers().get(offer).microsPerHour())
                .toArray();
        membersOf = classes.stream().map(members::get).toList();
        counts = membersOf.stream()
                .mapToInt(of -> of.stream()
                        .mapToInt(member -> problem.classes().get(member).count())
                        .sum())
                .toArray();
        allowed = new boolean[offerOf.length][classes.size()];
        usable = new boolean[offerOf.length][classes.size()];
        missing = new double[classes.size()];
        for (int offer = offerOf.length - 1; offer >= 0; offer--) {
            for (int taskClass = 0; taskClass < missing.length; taskClass++) {
                allowed[offer][taskClass] = classes.get(taskClass).offers.get(offerOf[offer]);
                if (!allowed[offer][taskClass] || !fits(needs[taskClass], rooms[offer])) continue;
                usable[offer][taskClass] = true;
                double price = Master.dollars(prices[offer]);
                missing[taskClass] = MISSING * price * (1 + share(needs[taskClass], rooms[offer]));
            }
        }
    }

    /** Tasks that no offer has room for are not in it. */
    static Grid of(PackingProblem problem) {
        List<Offer> offers = problem.offers();
        int[] offerOf = IntStream.range(0, offers.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(
                                offer -> offers.get(offer).microsPerHour())
                        .thenComparing(offer -> offers.get(offer).name())
                        .thenComparing(offer -> offers.get(offer).room().toString())
                        .thenComparing(offer -> offers.get(offer).limit()))
                .mapToInt(Integer::intValue)
                .toArray();
        Map<Alike, List<Integer>> members = new LinkedHashMap<>();
        for (int index = 0; index < problem.classes().size(); index++) {
            TaskClass taskClass = problem.classes().get(index);
            if (taskClass.count() == 0
                    || Unplaced.tooLarge(index, taskClass, offers).isPresent()) continue;
            members.computeIfAbsent(new Alike(taskClass.needs(), taskClass.offers()), none -> new ArrayList<>())
                    .add(index);
        }
        List<Alike> classes = members.keySet().stream()
                .sorted(Comparator.<Alike>comparingDouble(alike -> -largestShare(alike, offers))
                        .thenComparing(alike -> alike.needs.toString())
                        .thenComparing(alike -> allowed(alike, offerOf)))
                .toList();
        return new Grid(problem, offerOf, classes, members);
    }

    int classes() {
        return counts.length;
    }

    int offers() {
        return prices.length;
    }

    Stock stock() {
        return new Stock(this);
    }

    /** By resource. */
    int[] amounts(Resources of) {
        return resources.stream()
                .mapToInt(resource -> switch (resource) {
                    case "cpu" -> of.cpu();
                    case "memory" -> of.memory();
                    case "gpu" -> of.gpus();
                    default -> of.other(resource);
                })
                .toArray();
    }

    /** How much of each resource these tasks need together. */
    long[] needsOf(int[] tasks) {
        long[] sum = new long[resources.size()];
        for (int taskClass = 0; taskClass < tasks.length; taskClass++)
            if (tasks[taskClass] > 0)
                for (int resource = 0; resource < sum.length; resource++)
                    sum[resource] += (long) tasks[taskClass] * needs[taskClass][resource];
        return sum;
    }

    /** Whether one host of the offer may run all of them. */
    boolean holds(int offer, int[] tasks) {
        for (int taskClass = 0; taskClass < tasks.length; taskClass++)
            if (tasks[taskClass] > 0 && !usable[offer][taskClass]) return false;
        long[] sum = needsOf(tasks);
        for (int resource = 0; resource < sum.length; resource++)
            if (sum[resource] > rooms[offer][resource]) return false;
        return true;
    }

    static boolean isEmpty(int[] tasks) {
        return Arrays.stream(tasks).allMatch(count -> count == 0);
    }

    private static List<String> resources(List<Alike> classes) {
        List<String> resources = new ArrayList<>();
        if (classes.stream().anyMatch(alike -> alike.needs.cpu() > 0)) resources.add("cpu");
        if (classes.stream().anyMatch(alike -> alike.needs.memory() > 0)) resources.add("memory");
        if (classes.stream().anyMatch(alike -> alike.needs.gpus() > 0)) resources.add("gpu");
        TreeSet<String> others = new TreeSet<>();
        classes.forEach(alike -> others.addAll(alike.needs.others().keySet()));
        resources.addAll(others);
        return resources;
    }

    private static boolean fits(int[] needs, int[] room) {
        for (int resource = 0; resource < room.length; resource++) if (needs[resource] > room[resource]) return false;
        return true;
    }

    private static double share(int[] needs, int[] room) {
        double share = 0;
        for (int resource = 0; resource < room.length; resource++)
            if (needs[resource] > 0) share = Math.max(share, (double) needs[resource] / room[resource]);
        return share;
    }

    private static double largestShare(Alike alike, List<Offer> offers) {
        int cpu = offers.stream().mapToInt(offer -> offer.room().cpu()).max().orElse(1);
        int memory =
                offers.stream().mapToInt(offer -> offer.room().memory()).max().orElse(1);
        int gpus = offers.stream().mapToInt(offer -> offer.room().gpus()).max().orElse(1);
        return Math.max(
                (double) alike.needs.cpu() / Math.max(1, cpu),
                Math.max(
                        (double) alike.needs.memory() / Math.max(1, memory),
                        (double) alike.needs.gpus() / Math.max(1, gpus)));
    }

    /** In the order of the sorted offers, so that it does not depend on that of the input. */
    private static String allowed(Alike alike, int[] offerOf) {
        StringBuilder allowed = new StringBuilder();
        for (int offer : offerOf) allowed.append(alike.offers.get(offer) ? 'y' : 'n');
        return allowed.toString();
    }
}
