package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementPolicy.Preference;
import io.staithe.core.model.PlacementPolicy.Skew;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.query.Expression;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Placement as it is defined: every host is asked every rule, and what is left is sorted by the preferences, then by the
 * strategies.
 */
final class Scan {
    private Scan() {}

    static Optional<Host> choose(Demand demand, Fleet fleet) {
        return fleet.hosts().filter(host -> fits(demand, fleet, host)).min(order(demand, fleet));
    }

    static boolean fits(Demand demand, Fleet fleet, Host host) {
        return Rules.ALL.stream()
                        .filter(rule -> rule.scope(demand) != Rule.Scope.COUNTS)
                        .allMatch(rule -> rule.scope(demand) == Rule.Scope.NOTHING
                                || rule.check(demand, host).isEmpty())
                && keepsSkew(demand, fleet, host);
    }

    /** With one more on this host, nothing has more tasks above the least than each limit says. */
    static boolean keepsSkew(Demand demand, Fleet fleet, Host host) {
        return demand.maxSkew().stream().allMatch(limit -> {
            ToIntFunction<Host> tasks = tasksBy(limit, demand, fleet);
            int least = fleet.hosts()
                    .filter(each -> isEligible(demand, each))
                    .mapToInt(tasks)
                    .min()
                    .orElse(tasks.applyAsInt(host));
            return tasks.applyAsInt(host) + 1 - least <= limit.max();
        });
    }

    private static ToIntFunction<Host> tasksBy(Skew limit, Demand demand, Fleet fleet) {
        return limit.field().equals("instanceId")
                ? host -> host.tasksOf(demand.group())
                : host -> inZone(limit.field().substring(10), demand, fleet).apply(host);
    }

    private static boolean isEligible(Demand demand, Host host) {
        return Rules.ALL.stream()
                .filter(rule -> rule.scope(demand) == Rule.Scope.CLASS)
                .allMatch(rule -> rule.check(demand, host).isEmpty());
    }

    private static int weight(Demand demand, Host host) {
        return demand.preferences().stream()
                .filter(preference -> Expression.parse(preference.expression()).holds(host))
                .mapToInt(Preference::weight)
                .sum();
    }

    private static Comparator<Host> order(Demand demand, Fleet fleet) {
        Comparator<Host> order = Comparator.comparingInt(host -> -weight(demand, host));
        boolean packed = false;
        List<PlacementStrategy> strategies = demand.strategies().isEmpty()
                ? List.of(
                        new PlacementStrategy("spread", "attribute:ecs.availability-zone"),
                        new PlacementStrategy("spread", "host"))
                : demand.strategies();
        for (PlacementStrategy strategy : strategies) {
            String field = String.valueOf(strategy.field());
            if (strategy.type().equals("random") && !packed) return order;
            if (field.startsWith("attribute:")) order = order.thenComparing(inZone(field.substring(10), demand, fleet));
            else if (strategy.type().equals("spread"))
                order = packed ? order : order.thenComparing(host -> host.tasksOf(demand.group()));
            else if (!packed) {
                order = order.thenComparing(packed(field.equals("cpu") ? Host::freeCpu : Host::freeMemory))
                        .thenComparing(packed(field.equals("cpu") ? Host::freeMemory : Host::freeCpu));
                packed = true;
            }
        }
        if (!packed) order = order.thenComparing(host -> -host.freeMemory()).thenComparing(host -> -host.freeCpu());
        return order;
    }

    /** Hosts in use before others, the least room first; then unused ones, the most room first. */
    private static Comparator<Host> packed(ToIntFunction<Host> room) {
        return Comparator.comparing((Host host) -> !host.isInUse())
                .thenComparingInt(host -> host.isInUse() ? room.applyAsInt(host) : -room.applyAsInt(host));
    }

    private static Function<Host, Integer> inZone(String attribute, Demand demand, Fleet fleet) {
        return host -> fleet.hosts()
                .filter(other -> other.instance()
                        .attribute(attribute)
                        .equals(host.instance().attribute(attribute)))
                .mapToInt(other -> other.tasksOf(demand.group()))
                .sum();
    }

    /** Whether the strategies prefer neither. */
    static boolean areEqual(Demand demand, Fleet fleet, Host one, Host other) {
        return order(demand, fleet).compare(one, other) == 0;
    }
}
