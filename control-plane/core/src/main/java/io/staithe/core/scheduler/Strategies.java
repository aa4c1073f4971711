package io.staithe.core.scheduler;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Task;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Which host is preferred among those that fit: the task's strategies in their order, then the most free memory. */
final class Strategies {
    /** ECS: spread over Availability Zones; then over hosts. */
    private static final List<PlacementStrategy> UNLESS_ASKED = List.of(
            new PlacementStrategy("spread", "attribute:" + Attribute.AVAILABILITY_ZONE),
            new PlacementStrategy("spread", "instanceId"));

    private Strategies() {}

    /** @param hosts all hosts of the cluster: what a spread counts over */
    static Comparator<Host> order(Task task, List<Host> hosts) {
        List<PlacementStrategy> strategies =
                task.placementStrategy().isEmpty() ? UNLESS_ASKED : task.placementStrategy();
        Comparator<Host> order = Comparator.comparingInt(host -> 0);
        for (PlacementStrategy strategy : strategies) order = order.thenComparingLong(cost(strategy, task, hosts));
        return order.thenComparingLong(host -> -host.free().memory())
                .thenComparing(host -> host.instance().id());
    }

    static String describe(Task task) {
        if (task.placementStrategy().isEmpty()) return "spread over Availability Zones, then over hosts";
        return String.join(
                ", then ",
                task.placementStrategy().stream()
                        .map(s -> s.field() == null ? s.type() : s.type() + " by " + s.field())
                        .toList());
    }

    /** Lower is better. */
    private static ToLongFunction<Host> cost(PlacementStrategy strategy, Task task, List<Host> hosts) {
        String field = strategy.field() == null ? "" : strategy.field();
        return switch (strategy.type()) {
            case "binpack" ->
                field.toLowerCase(Locale.ROOT).equals("cpu")
                        ? host -> host.free().cpu()
                        : host -> host.free().memory();
            case "random" -> host -> mix(task, host);
            default ->
                field.startsWith("attribute:")
                        ? spreadBy(field.substring("attribute:".length()), task, hosts)
                        : host -> host.tasksOf(task.group());
        };
    }

    private static ToLongFunction<Host> spreadBy(String attribute, Task task, List<Host> hosts) {
        Map<String, Integer> counts = new HashMap<>();
        for (Host host : hosts) counts.merge(valueOf(attribute, host), host.tasksOf(task.group()), Integer::sum);
        return host -> counts.getOrDefault(valueOf(attribute, host), 0);
    }

    private static String valueOf(String attribute, Host host) {
        return host.instance().attribute(attribute).orElse("");
    }

    /** Chance without a random source: the same task meets the same order, different tasks different ones. */
    private static long mix(Task task, Host host) {
        long z = (long) task.id().hashCode() << 32 ^ host.instance().id().hashCode();
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
