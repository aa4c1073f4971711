package io.staithe.capacity.planner;

import io.staithe.capacity.packing.Packer;
import io.staithe.capacity.packing.Packing;
import io.staithe.capacity.packing.PackingProblem;
import io.staithe.capacity.packing.TaskClass;
import io.staithe.capacity.packing.Unplaced;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hosts that tasks share, bought so that together they cost least. */
final class SharedHosts {
    private final Buying buying;
    private final Catalogue catalogue;

    private SharedHosts(Buying buying) {
        this.buying = buying;
        catalogue = new Catalogue(buying, List.of());
    }

    static void buy(Buying buying, List<Need> needs) {
        if (!needs.isEmpty()) new SharedHosts(buying).buy(needs);
    }

    private void buy(List<Need> needs) {
        Map<List<Object>, Deque<Need>> alike = new LinkedHashMap<>();
        Map<TaskClass, Deque<Need>> byClass = new LinkedHashMap<>();
        for (Need need : needs)
            alike.computeIfAbsent(List.of(need.demand(), need.amount()), any -> new ArrayDeque<>())
                    .add(need);
        alike.forEach((key, same) -> {
            Need first = same.getFirst();
            BitSet offers = catalogue.usableBy(first.demand());
            if (offers.isEmpty()) buying.hinder(TooLarge.of(buying, first, same.size()));
            else byClass.put(new TaskClass(same.size(), first.amount(), offers), same);
        });
        pack(byClass);
    }

    private void pack(Map<TaskClass, Deque<Need>> byClass) {
        List<TaskClass> classes = List.copyOf(byClass.keySet());
        List<Deque<Need>> needs = List.copyOf(byClass.values());
        Packing packing = Packer.pack(
                new PackingProblem(
                        classes, catalogue.offers(), List.of(), buying.allowance.hosts(), buying.allowance.micros()),
                Packer.QUICK_STEPS);
        for (Packing.Purchase purchase : packing.purchases())
            for (int i = 0; i < purchase.hosts() && !buying.isFull(); i++) buy(purchase, needs);
        packing.unplaced().stream()
                .filter(left -> left.cause() == Unplaced.Cause.LIMIT)
                .findFirst()
                .ifPresent(left -> buying.hinder(buying.allowance.hindrance(buying.provider, left.count())));
    }

    private void buy(Packing.Purchase purchase, List<Deque<Need>> needs) {
        if (buying.allowance.left(catalogue.get(purchase.offer()).type()) == 0) return;
        Need first = null;
        int tasks = 0;
        for (Map.Entry<Integer, Integer> some : purchase.tasks().entrySet())
            for (int i = 0; i < some.getValue(); i++, tasks++) {
                Need need = needs.get(some.getKey()).poll();
                if (first == null) first = need;
            }
        if (first == null) return;
        String why = tasks == 1 ? first.told() : first.told() + " and " + (tasks - 1) + " more";
        Catalogue.buy(buying, catalogue.get(purchase.offer()), first.facts(), why);
    }
}
