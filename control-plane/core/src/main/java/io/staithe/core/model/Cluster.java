package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named group of hosts and of what runs on them.
 *
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

    @Override
    public Key key() {
        return Key.cluster(name);
    }

    public Cluster withStatus(Status to) {
        return new Cluster(
                name, to, settings, capacityProviders, defaultCapacityProviderStrategy, rebalancing, tags, createdAt);
    }

    public Cluster withTags(List<Tag> to) {
        return new Cluster(
                name, status, settings, capacityProviders, defaultCapacityProviderStrategy, rebalancing, to, createdAt);
    }
}
