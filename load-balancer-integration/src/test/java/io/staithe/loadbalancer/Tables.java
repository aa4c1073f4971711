package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Action;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.WeightedTargetGroup;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Short ways to write routing tables in tests. */
final class Tables {
    private Tables() {}

    static TargetGroup group(String name) {
        return group(name, 300);
    }

    /** Checked each second, down after one failure. */
    static TargetGroup group(String name, int deregistrationDelaySeconds) {
        return new TargetGroup(
                name,
                "HTTP",
                null,
                "/health",
                1,
                1,
                1,
                1,
                "200-299",
                deregistrationDelaySeconds,
                null,
                List.of(),
                Instant.EPOCH);
    }

    /** The same group with a slow start. */
    static TargetGroup slow(TargetGroup group, int seconds) {
        return new TargetGroup(
                group.name(),
                group.protocol(),
                group.port(),
                group.healthCheckPath(),
                group.healthCheckIntervalSeconds(),
                group.healthCheckTimeoutSeconds(),
                group.healthyThresholdCount(),
                group.unhealthyThresholdCount(),
                group.matcher(),
                group.deregistrationDelaySeconds(),
                seconds,
                group.tags(),
                group.createdAt());
    }

    static Listener listener(int port, Action action) {
        return listener("web", port, action);
    }

    static Listener listener(String loadBalancer, int port, Action action) {
        return new Listener(loadBalancer, port, "HTTP", action, List.of());
    }

    static Rule rule(int port, int priority, List<String> hosts, List<String> paths, Action action) {
        return new Rule("web:" + port, priority, hosts, paths, action, List.of());
    }

    static Action fixed(int status, String type, String body) {
        return new Action(List.of(), new Action.FixedResponse(status, type, body), null);
    }

    static Action weighted(String one, int weight, String other, int otherWeight) {
        return Action.forward(
                List.of(new WeightedTargetGroup(one, weight), new WeightedTargetGroup(other, otherWeight)));
    }

    /** Task number {@code task} of the group, at an address. */
    static Target target(int task, String group, String address, int port) {
        return new Target(TaskId.of("%032x".formatted(task)), group, "app", 80, address, port, false);
    }

    static Target draining(Target target) {
        return new Target(
                target.task(),
                target.targetGroup(),
                target.containerName(),
                target.containerPort(),
                target.address(),
                target.port(),
                true);
    }

    /** One listener that forwards to one group, with these targets. */
    static RoutingTable table(int port, TargetGroup group, Target... targets) {
        return new RoutingTable(
                List.of(listener(port, Action.forward(group.name()))),
                List.of(),
                List.of(group),
                Stream.of(targets).sorted((a, b) -> a.id().compareTo(b.id())).toList());
    }
}
