package io.staithe.core.scheduler;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.PlacementStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A demand's placement strategies, sorted by how a search follows them: which attributes are spread over before and after the
 * hosts themselves, and how a host is chosen among those that are equal so far.
 *
 * @param zones attributes to spread over first
 * @param byHost whether to spread over hosts next
 * @param zonesAfterHosts attributes to spread over among hosts with equally many tasks of the group
 * @param packing how to choose among hosts that are equal so far
 * @param zonesLast attributes named after {@code binpack} or {@code random}: they decide between hosts with equal room only
 */
record Ranking(
        List<String> zones, boolean byHost, List<String> zonesAfterHosts, Packing packing, List<String> zonesLast) {
    enum Packing {
        /** Unless asked otherwise: the host with the most free memory. */
        ROOMIEST,
        /** As {@link PackingOrder} says. */
        LEAST_MEMORY,
        LEAST_CPU,
        RANDOM
    }

    /** ECS: spread over Availability Zones; then over hosts. */
    private static final List<PlacementStrategy> UNLESS_ASKED = List.of(
            new PlacementStrategy("spread", "attribute:" + Attribute.AVAILABILITY_ZONE),
            new PlacementStrategy("spread", "instanceId"));

    static Ranking of(Demand demand) {
        List<String> zones = new ArrayList<>();
        List<String> zonesAfterHosts = new ArrayList<>();
        List<String> zonesLast = new ArrayList<>();
        boolean byHost = false;
        Packing packing = Packing.ROOMIEST;
        for (PlacementStrategy strategy : demand.strategies().isEmpty() ? UNLESS_ASKED : demand.strategies()) {
            String field = strategy.field() == null ? "" : strategy.field();
            if (!strategy.type().equals("spread")) {
                if (packing == Packing.ROOMIEST) packing = packing(strategy.type(), field);
            } else if (field.startsWith("attribute:")) {
                List<String> among = packing != Packing.ROOMIEST ? zonesLast : byHost ? zonesAfterHosts : zones;
                among.add(field.substring("attribute:".length()));
            } else if (packing == Packing.ROOMIEST) {
                byHost = true;
            }
        }
        return new Ranking(zones, byHost, zonesAfterHosts, packing, zonesLast);
    }

    private static Packing packing(String type, String field) {
        if (type.equals("random")) return Packing.RANDOM;
        return field.toLowerCase(Locale.ROOT).equals("cpu") ? Packing.LEAST_CPU : Packing.LEAST_MEMORY;
    }

    /** For people. */
    static String describe(Demand demand) {
        if (demand.strategies().isEmpty()) return "spread over Availability Zones, then over hosts";
        return String.join(
                ", then ",
                demand.strategies().stream()
                        .map(s -> s.field() == null ? s.type() : s.type() + " by " + s.field())
                        .toList());
    }
}
