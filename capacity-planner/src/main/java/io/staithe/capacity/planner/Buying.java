package io.staithe.capacity.planner;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityStatus.Hindrance;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostType;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to buy for one capacity provider of a cluster, within what its group may have. */
final class Buying {

    private final ClusterState state;
    final HostGroup group;
    final String provider;
    final String cluster;
    private final Instant now;
    final Allowance allowance;
    private final Map<InstanceId, ProvisionedHost> hosts = new LinkedHashMap<>();
    private final int most;
    private @Nullable Hindrance hindrance;

    /** @param most hosts that may be bought now, whatever else is allowed */
    Buying(ClusterState state, HostGroup group, String provider, String cluster, int most, Instant now) {
        this.state = state;
        this.group = group;
        this.provider = provider;
        this.cluster = cluster;
        this.most = most;
        this.now = now;
        this.allowance = new Allowance(state, group);
    }

    List<ProvisionedHost> hosts() {
        return List.copyOf(hosts.values());
    }

    Optional<Hindrance> hindrance() {
        return Optional.ofNullable(hindrance);
    }

    boolean isSpot() {
        return CapacityProvider.isSpot(provider);
    }

    boolean isDedicated() {
        return group.fargate() == HostGroup.Isolation.DEDICATED;
    }

    boolean isFull() {
        return hosts.size() >= most;
    }

    /** The first that is said stays: it is of the task that waits longest. */
    void hinder(Hindrance why) {
        if (hindrance == null) hindrance = why;
    }

    void hinder(String code, String message, int tasks) {
        hinder(new Hindrance(provider, code, message, tasks));
    }

    /** Empty: a spot host is wanted, and the type has none. */
    Optional<Long> price(HostType type) {
        return isSpot() ? Optional.ofNullable(type.spotMicrosPerHour()) : Optional.of(type.microsPerHour());
    }

    /** Of a host that is made to the measure of a task. */
    long price(Resources measure) {
        return group.unitPrices().perHour(measure, isSpot());
    }

    /**
     * @param type absent: made to measure
     * @param why for which tasks, for people
     * @param whyType why this type, for people
     */
    void add(
            @Nullable HostType type,
            Resources offered,
            String architecture,
            @Nullable String zone,
            long price,
            String facts,
            String why,
            String whyType) {
        String named = type == null ? ProvisionedHost.MADE_TO_MEASURE : type.name();
        allowance.take(named, price);
        InstanceId id = id(facts);
        hosts.put(
                id,
                new ProvisionedHost(
                        id,
                        group.name(),
                        group.provider(),
                        provider,
                        cluster,
                        named,
                        offered,
                        architecture,
                        isSpot(),
                        isDedicated(),
                        zone,
                        price,
                        ProvisionedHost.Status.REQUESTED,
                        why,
                        whyType,
                        now,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    /** The same for the same state, whoever plans it: nothing is bought twice. Never that of a host that was there before. */
    private InstanceId id(String facts) {
        for (int attempt = 0; ; attempt++) {
            String text = "host/" + cluster + "/" + provider + "/" + facts + "/" + attempt;
            InstanceId id = new InstanceId(TaskId.from(text).value());
            if (!hosts.containsKey(id)
                    && state.provisionedHost(id).isEmpty()
                    && state.instance(id).isEmpty()) return id;
        }
    }

    /** Writes a host that is bought, and says what for. */
    static void request(ProvisionedHost host, Plan.Builder plan) {
        plan.create(host);
        plan.because(new Reason(
                host.key(),
                null,
                null,
                "HOST_REQUESTED",
                "host " + host.id() + " (" + host.type() + ", " + Money.perHour(host.microsPerHour())
                        + ") is requested for " + host.why()));
    }
}
