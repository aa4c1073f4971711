package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named group of hosts and of what runs on them.
 *
 * @param capacityProviders those that services of the cluster may name
 * @param defaultCapacityProviderStrategy of services and tasks that name neither a launch type nor a strategy
 * @param rebalancing absent: {@link Rebalancing#DEFAULT}, for services that ask for it
 */
public record Cluster(
        String name,
        Status status,
        List<ClusterSetting> settings,
        List<String> capacityProviders,
        List<CapacityProviderStrategyItem> defaultCapacityProviderStrategy,
        @Nullable Rebalancing rebalancing,
        List<Tag> tags,
        Instant createdAt)
        implements Entity {
    /** The cluster that is meant where none is named. */
    public static final String DEFAULT = "default";

    public enum Status {
        ACTIVE,
        INACTIVE
    }

    public record ClusterSetting(String name, String value) {
        public ClusterSetting {
            Check.text(name, "name", 64);
            Check.oneOf(name, List.of("containerInsights"), "name");
            Check.text(value, "value", 64);
            Check.oneOf(value, List.of("enabled", "disabled", "enhanced"), "value");
        }
    }

    public Cluster {
        Check.name(name, "clusterName");
        settings = Check.list(settings);
        capacityProviders = Check.list(capacityProviders);
        defaultCapacityProviderStrategy = Check.list(defaultCapacityProviderStrategy);
        tags = Check.list(tags);
        Check.atMost(tags, Tag.MAX_PER_RESOURCE, "tags");
    }

    public static Cluster of(String name, Instant createdAt) {
        return new Cluster(name, Status.ACTIVE, List.of(), List.of(), List.of(), null, List.of(), createdAt);
    }

    /** What was said of rebalancing, or what holds where nothing is said. */
    public Rebalancing rebalancingOrDefault() {
        return rebalancing == null ? Rebalancing.DEFAULT : rebalancing;
    }

    @Override
    public Key key() {
        return Key.cluster(name);
    }

    public Builder but() {
        return new Builder(this);
    }

    /** Makes a changed copy of a cluster, field by field. */
    public static final class Builder {
        private final Cluster from;
        private Status status;
        private List<String> capacityProviders;
        private List<CapacityProviderStrategyItem> defaultCapacityProviderStrategy;
        private @Nullable Rebalancing rebalancing;
        private List<Tag> tags;

        private Builder(Cluster from) {
            this.from = from;
            capacityProviders = from.capacityProviders;
            defaultCapacityProviderStrategy = from.defaultCapacityProviderStrategy;
            rebalancing = from.rebalancing;
            status = from.status;
            tags = from.tags;
        }

        public Builder status(Status to) {
            status = to;
            return this;
        }

        public Builder capacityProviders(List<String> to, List<CapacityProviderStrategyItem> byDefault) {
            capacityProviders = to;
            defaultCapacityProviderStrategy = byDefault;
            return this;
        }

        public Builder rebalancing(@Nullable Rebalancing to) {
            rebalancing = to;
            return this;
        }

        public Builder tags(List<Tag> to) {
            tags = to;
            return this;
        }

        public Cluster build() {
            return new Cluster(
                    from.name,
                    status,
                    from.settings,
                    capacityProviders,
                    defaultCapacityProviderStrategy,
                    rebalancing,
                    tags,
                    from.createdAt);
        }
    }
}
