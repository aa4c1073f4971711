package io.staithe.core.assignment;

import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import java.util.List;

/** All that a proxy needs to know. Each list is in the order of its keys. */
public record RoutingTable(
        List<Listener> listeners, List<Rule> rules, List<TargetGroup> targetGroups, List<Target> targets) {
    public static final RoutingTable EMPTY = new RoutingTable(List.of(), List.of(), List.of(), List.of());

    public RoutingTable {
        listeners = List.copyOf(listeners);
        rules = List.copyOf(rules);
        targetGroups = List.copyOf(targetGroups);
        targets = List.copyOf(targets);
    }
}
