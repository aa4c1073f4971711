package io.staithe.core.scheduler;

import io.staithe.core.model.HostPort;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementPolicy.Preference;
import io.staithe.core.model.PlacementPolicy.Skew;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Resources;
import io.staithe.core.model.RuntimePlatform;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a task needs of a host, without which task it is: the tasks of one deployment have equal demands, and are answered from
 * one prepared question. A class for its remembered hash: it is looked up once a task.
 */
public final class Demand {
    private final String group;
    private final @Nullable String capacityProvider;
    private final Resources need;
    private final Set<HostPort> ports;
    private final List<PlacementConstraint> constraints;
    private final List<PlacementStrategy> strategies;
    private final List<Preference> preferences;
    private final List<Skew> maxSkew;
    private final @Nullable RuntimePlatform platform;
    private final int hash;
    /** Parsed when first asked for: the demand of each task is made anew, and only one of equal ones is asked. */
    private @Nullable Expressions expressions;

    /**
     * @param group ECS's task group
     * @param capacityProvider whose hosts alone will do; absent: any but those of Fargate mode
     * @param ports host ports that are fixed
     * @param strategies none: spread over Availability Zones, then over hosts
     * @param preferences hosts that are taken before others that fit
     * @param maxSkew how unevenly the group may be spread
     */
    public Demand(
            String group,
            @Nullable String capacityProvider,
            Resources need,
            Set<HostPort> ports,
            List<PlacementConstraint> constraints,
            List<PlacementStrategy> strategies,
            List<Preference> preferences,
            List<Skew> maxSkew,
            @Nullable RuntimePlatform platform) {
        this.group = group;
        this.capacityProvider = capacityProvider;
        this.need = need;
        this.ports = Set.copyOf(ports);
        this.constraints = List.copyOf(constraints);
        this.strategies = List.copyOf(strategies);
        this.preferences = List.copyOf(preferences);
        this.maxSkew = List.copyOf(maxSkew);
        this.platform = platform;
        hash = Objects.hash(
                group,
                capacityProvider,
                need,
                this.ports,
                this.constraints,
                this.strategies,
                this.preferences,
                this.maxSkew,
                platform);
    }

    /** @param definition absent only when it was deleted meanwhile */
    public static Demand of(Task task, @Nullable TaskDefinition definition) {
        return new Demand(
                task.group(),
                task.capacityProvider(),
                task.reserved(),
                task.hostPorts(),
                task.placementConstraints(),
                task.placementStrategy(),
                task.policy().preferences(),
                task.policy().maxSkew(),
                definition == null ? null : definition.runtimePlatform());
    }

    /** Of a service's next task, on a host that is of no capacity provider, or of any but Fargate's. */
    public static Demand of(Service service, TaskDefinition definition) {
        List<PlacementConstraint> constraints = Stream.concat(
                        service.revision().placementConstraints().stream(), definition.placementConstraints().stream())
                .toList();
        return new Demand(
                service.taskGroup(),
                null,
                definition.reserved(),
                definition.fixedHostPorts(),
                constraints,
                service.revision().placementStrategy(),
                service.policy().preferences(),
                service.policy().maxSkew(),
                definition.runtimePlatform());
    }

    /** Of a task of which nothing is known but its size. */
    public static Demand any(String capacityProvider, Resources need) {
        return new Demand("", capacityProvider, need, Set.of(), List.of(), List.of(), List.of(), List.of(), null);
    }

    String group() {
        return group;
    }

    @Nullable
    String capacityProvider() {
        return capacityProvider;
    }

    Resources need() {
        return need;
    }

    Set<HostPort> ports() {
        return ports;
    }

    public List<PlacementConstraint> constraints() {
        return constraints;
    }

    /** What the {@code memberOf} constraints ask. */
    Expressions expressions() {
        if (expressions == null) expressions = new Expressions(constraints);
        return expressions;
    }

    /** Whether tasks that are placed can make a host fit that did not: by what runs on it, or by filling another zone. */
    boolean gainsFromOthers() {
        return expressions().askAboutHosts() || !maxSkew.isEmpty();
    }

    List<PlacementStrategy> strategies() {
        return strategies;
    }

    List<Preference> preferences() {
        return preferences;
    }

    List<Skew> maxSkew() {
        return maxSkew;
    }

    @Nullable
    RuntimePlatform platform() {
        return platform;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) return true;
        return other instanceof Demand demand
                && hash == demand.hash
                && group.equals(demand.group)
                && Objects.equals(capacityProvider, demand.capacityProvider)
                && need.equals(demand.need)
                && ports.equals(demand.ports)
                && constraints.equals(demand.constraints)
                && strategies.equals(demand.strategies)
                && preferences.equals(demand.preferences)
                && maxSkew.equals(demand.maxSkew)
                && Objects.equals(platform, demand.platform);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
