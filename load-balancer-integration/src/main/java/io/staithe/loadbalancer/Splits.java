package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.model.Action;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.WeightedTargetGroup;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The splits of a routing table, by {@link Routes.Route#id}; and the table without them. Pure. */
final class Splits {
    private Splits() {}

    static Map<String, Split> of(RoutingTable table) {
        Map<String, Split> splits = new TreeMap<>();
        for (Listener listener : table.listeners()) {
            add(splits, Routes.id(listener), listener.defaultAction());
            for (Rule rule : table.rules())
                if (rule.listener().equals(listener.id())) add(splits, Routes.id(listener, rule), rule.action());
        }
        return splits;
    }

    private static void add(Map<String, Split> splits, String route, Action action) {
        if (action.forward().size() > 1) splits.put(route, Split.of(action));
    }

    /** What stays the same when only weights change. */
    static RoutingTable without(RoutingTable table) {
        return new RoutingTable(
                table.listeners().stream()
                        .map(listener -> new Listener(
                                listener.loadBalancer(),
                                listener.port(),
                                listener.protocol(),
                                without(listener.defaultAction()),
                                listener.tags()))
                        .toList(),
                table.rules().stream()
                        .map(rule -> new Rule(
                                rule.listener(),
                                rule.priority(),
                                rule.hosts(),
                                rule.paths(),
                                without(rule.action()),
                                rule.tags()))
                        .toList(),
                table.targetGroups(),
                table.targets());
    }

    private static Action without(Action action) {
        List<WeightedTargetGroup> groups = Split.groups(action).stream()
                .map(group -> new WeightedTargetGroup(group.targetGroup(), 1))
                .toList();
        return new Action(groups, action.fixedResponse(), action.redirect());
    }
}
