package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Listener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The part of a routing table that one edge can carry, and why the rest is left out. An edge host has each port once, so
 * of two listeners on one port the first in the table's order has it.
 *
 * @param problems each names what is left out and the rule
 */
record CarriedTable(RoutingTable table, List<String> problems) {
    static final CarriedTable EMPTY = new CarriedTable(RoutingTable.EMPTY, List.of());

    /** A proxy resolves no names for servers that are added at run time. */
    private static final Pattern IP_ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    static CarriedTable of(RoutingTable table) {
        List<String> problems = new ArrayList<>();
        List<Listener> listeners = onePerPort(table.listeners(), problems);
        List<Target> targets = reachable(table.targets(), problems);
        return new CarriedTable(
                new RoutingTable(listeners, table.rules(), table.targetGroups(), targets), List.copyOf(problems));
    }

    private static List<Listener> onePerPort(List<Listener> listeners, List<String> problems) {
        Map<Integer, Listener> byPort = new LinkedHashMap<>();
        for (Listener listener : listeners) {
            Listener first = byPort.putIfAbsent(listener.port(), listener);
            if (first != null)
                problems.add("port %d is of load balancer %s; the listener of load balancer %s on it is left out"
                        .formatted(listener.port(), first.loadBalancer(), listener.loadBalancer()));
        }
        return List.copyOf(byPort.values());
    }

    private static List<Target> reachable(List<Target> targets, List<String> problems) {
        Set<ServerName> names = new HashSet<>();
        List<Target> kept = new ArrayList<>();
        for (Target target : targets) {
            try {
                if (!IP_ADDRESS.matcher(target.address()).matches())
                    throw new Invalid("address", "must be an IP address");
                if (target.port() < 1 || target.port() > 65535)
                    throw new Invalid("port", "must be between 1 and 65535");
                if (!names.add(ServerName.of(target))) throw new Invalid("", "is there twice");
                kept.add(target);
            } catch (Invalid e) {
                problems.add("a target of task " + target.task() + " is left out: " + e.getMessage());
            }
        }
        return kept;
    }
}
