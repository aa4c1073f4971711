package io.staithe.capacity.planner;

import io.staithe.core.model.HostType;
import java.util.Comparator;
import java.util.List;

/** One host for each task, sized to it: of the cheapest type that holds it, or made to measure. */
final class DedicatedHosts {
    private DedicatedHosts() {}

    static void buy(Buying buying, List<Need> needs) {
        int left = needs.size();
        for (Need need : needs) {
            if (buying.isFull()) return;
            if (buying.group.isMadeToMeasure()) madeToMeasure(buying, need, left);
            else ofType(buying, need, left);
            left--;
        }
    }

    private static void madeToMeasure(Buying buying, Need need, int left) {
        long price = buying.price(need.amount());
        if (!buying.allowance.allows(price)) buying.hinder(buying.allowance.hindrance(buying.provider, left));
        else
            buying.add(
                    null,
                    need.amount(),
                    architecture(need),
                    null,
                    price,
                    need.facts(),
                    need.told(),
                    "made to the measure of the task, " + Money.perHour(price));
    }

    private static void ofType(Buying buying, Need need, int left) {
        List<HostType> fitting = buying.group.types().stream()
                .filter(type -> need.amount().fitsIn(type.offered())
                        && architecture(need).equals(type.architecture())
                        && buying.allowance.left(type) > 0
                        && buying.price(type).isPresent())
                .sorted(Comparator.comparing(
                                (HostType type) -> buying.price(type).orElseThrow())
                        .thenComparing(HostType::name))
                .toList();
        if (fitting.isEmpty()) {
            buying.hinder(TooLarge.of(buying, need, left));
            return;
        }
        HostType cheapest = fitting.get(0);
        long price = buying.price(cheapest).orElseThrow();
        if (!buying.allowance.allows(price)) buying.hinder(buying.allowance.hindrance(buying.provider, left));
        else
            buying.add(
                    cheapest,
                    need.amount(),
                    architecture(need),
                    null,
                    price,
                    need.facts(),
                    need.told(),
                    whyType(buying, fitting));
    }

    private static String whyType(Buying buying, List<HostType> fitting) {
        String first = fitting.get(0).name() + " is the cheapest type that holds it, "
                + Money.perHour(buying.price(fitting.get(0)).orElseThrow());
        return fitting.size() == 1
                ? first + ", and no other does"
                : first + "; the next, " + fitting.get(1).name() + ", is "
                        + Money.perHour(buying.price(fitting.get(1)).orElseThrow());
    }

    /** Fargate runs on x86 unless something else is asked for. */
    private static String architecture(Need need) {
        return need.architecture() == null ? "X86_64" : need.architecture();
    }
}
