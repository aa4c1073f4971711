package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementStrategy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Placement as it is defined: every host is asked every rule, and what is left is sorted by the strategies. */
final class Scan {
    private Scan() {}

    static Optional<Host> choose(Demand demand, Fleet fleet) {
        return fleet.hosts().filter(host -> fits(demand, host)).min(order(demand, fleet));
    }

    static boolean fits(Demand demand, Host host) {
        return Rules.ALL.stream()
                .allMatch(rule -> rule.scope(demand) == Rule.Scope.NOTHING
                        || rule.check(demand, host).isEmpty());
    }

    private static Comparator<Host> order(Demand demand, Fleet fleet) {
        Comparator<Host> order = Comparator.comparingInt(host -> 0);
        boolean packed = false;
        List<PlacementStrategy> strategies = demand.strategies().isEmpty()
                ? List.of(
                        new PlacementStrategy("spread", "attribute:ecs.availability-zone"),
                        new PlacementStrategy("spread", "host"))
                : demand.strategies();
        for (PlacementStrategy strategy : strategies) {
            String field = String.valueOf(strategy.field());
            if (field.startsWith("attribute:")) order = order.thenComparing(inZone(field.substring(10), demand, fleet));
            else if (strategy.type().equals("spread"))
                order = packed ? order : order.thenComparing(host -> host.tasksOf(demand.group()));
            else if (!packed) {
                order = field.equals("cpu")
                        ? order.thenComparing(Host::freeCpu).thenComparing(Host::freeMemory)
                        : order.thenComparing(Host::freeMemory).thenComparing(Host::freeCpu);
                packed = true;
            }
        }
        if (!packed) order = order.thenComparing(host -> -host.freeMemory()).thenComparing(host -> -host.freeCpu());
        return order;
    }

    private static Comparator<Host> inZone(String attribute, Demand demand, Fleet fleet) {
        return Comparator.comparingInt(host -> fleet.hosts()
                .filter(other -> other.instance()
                        .attribute(attribute)
                        .equals(host.instance().attribute(attribute)))
                .mapToInt(other -> other.tasksOf(demand.group()))
                .sum());
    }

    /** Whether the strategies prefer neither. */
    static boolean areEqual(Demand demand, Fleet fleet, Host one, Host other) {
        return order(demand, fleet).compare(one, other) == 0;
    }
}
