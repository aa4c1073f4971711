package io.staithe.capacity.planner;

import io.staithe.capacity.packing.Packer;
import io.staithe.capacity.packing.Packing;
import io.staithe.capacity.packing.PackingProblem;
import io.staithe.capacity.packing.Reason;
import io.staithe.capacity.packing.TaskClass;
import io.staithe.capacity.packing.Unplaced;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hosts that tasks share, bought so that together they cost least. */
final class SharedHosts {
    private final Buying buying;
    private final Catalogue catalogue;
    /** Of tasks that are alike to the scheduler, and beside each class who they are. */
    private final List<TaskClass> classes = new ArrayList<>();

    private final List<Deque<Need>> needs = new ArrayList<>();

    private SharedHosts(Buying buying, List<Need> all) {
        this.buying = buying;
        catalogue = new Catalogue(buying, List.of());
        Map<List<Object>, Deque<Need>> alike = new LinkedHashMap<>();
        for (Need need : all)
            alike.computeIfAbsent(List.of(need.demand(), need.amount()), any -> new ArrayDeque<>())
                    .add(need);
        alike.values().forEach(this::add);
    }

    static void buy(Buying buying, List<Need> needs) {
        if (!needs.isEmpty()) new SharedHosts(buying, needs).buy();
    }

    /** What hosts for these cannot cost less than, in millionths of a dollar an hour, within what the group may have. */
    static long bound(Buying buying, List<Need> needs) {
        return needs.isEmpty() ? 0 : new SharedHosts(buying, needs).packing().boundMicrosPerHour();
    }

    private void add(Deque<Need> same) {
        Need first = same.getFirst();
        BitSet offers = catalogue.usableBy(first.demand());
        if (offers.isEmpty()) {
            buying.hinder(TooLarge.of(buying, first, same.size()));
            return;
        }
        classes.add(new TaskClass(same.size(), first.amount(), offers));
        needs.add(same);
    }

    private Packing packing() {
        return Packer.pack(
                new PackingProblem(
                        classes, catalogue.offers(), List.of(), buying.allowance.hosts(), buying.allowance.micros()),
                Packer.QUICK_STEPS);
    }

    private void buy() {
        Packing packing = packing();
        for (Packing.Purchase purchase : packing.purchases())
            for (int i = 0; i < purchase.hosts() && !buying.isFull(); i++) buy(purchase, packing.reasons());
        packing.unplaced().stream()
                .filter(left -> left.cause() == Unplaced.Cause.LIMIT)
                .findFirst()
                .ifPresent(left -> buying.hinder(buying.allowance.hindrance(buying.provider, left.count())));
    }

    private void buy(Packing.Purchase purchase, List<Reason> reasons) {
        Catalogue.Choice choice = catalogue.get(purchase.offer());
        if (buying.allowance.left(choice.type()) == 0) return;
        Need first = null;
        int tasks = 0;
        for (Map.Entry<Integer, Integer> some : purchase.tasks().entrySet())
            for (int i = 0; i < some.getValue(); i++, tasks++) {
                Need need = needs.get(some.getKey()).poll();
                if (first == null) first = need;
            }
        if (first == null) return;
        String why = tasks == 1 ? first.told() : first.told() + " and " + (tasks - 1) + " more";
        Catalogue.buy(buying, choice, first.facts(), why, whyType(choice.type().name(), reasons));
    }

    private static String whyType(String type, List<Reason> reasons) {
        return reasons.stream()
                .filter(reason -> reason.offer().equals(type))
                .findFirst()
                .map(Reason::toString)
                .orElse("the cheapest packing of the tasks that wait");
    }
}
