package io.staithe.capacity.planner;

import io.staithe.core.model.CapacityStatus.Hindrance;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostType;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many more hosts a group may have, of each type too, and how much more they may cost, over all clusters. */
final class Allowance {
    private final HostGroup group;
    private final Map<String, Integer> ofType = new HashMap<>();
    private int hosts;
    private long micros;

    Allowance(ClusterState state, HostGroup group) {
        this.group = group;
        List<ProvisionedHost> there = state.all(Kind.PROVISIONED_HOST, ProvisionedHost.class)
                .filter(host -> host.group().equals(group.name()) && !host.isOver())
                .toList();
        there.forEach(host -> ofType.merge(host.type(), 1, Integer::sum));
        hosts = group.maxHosts() - there.size();
        micros = group.microsPerHourBudget() == null
                ? Long.MAX_VALUE
                : group.microsPerHourBudget()
                        - there.stream()
                                .mapToLong(ProvisionedHost::microsPerHour)
                                .sum();
    }

    /** At least 0. */
    int hosts() {
        return Math.max(0, hosts);
    }

    /** At least 0, in millionths of a dollar an hour. */
    long micros() {
        return Math.max(0, micros);
    }

    /** Of one type, whatever else is limited; at least 0. */
    int left(HostType type) {
        return type.limit() == null
                ? Integer.MAX_VALUE
                : Math.max(0, type.limit() - ofType.getOrDefault(type.name(), 0));
    }

    boolean allows(long microsPerHour) {
        return hosts >= 1 && micros >= microsPerHour;
    }

    void take(String type, long microsPerHour) {
        ofType.merge(type, 1, Integer::sum);
        hosts--;
        if (micros != Long.MAX_VALUE) micros -= microsPerHour;
    }

    /** What stands in the way of one more host. */
    Hindrance hindrance(String provider, int tasks) {
        return hosts < 1
                ? new Hindrance(
                        provider,
                        "MAX_HOSTS",
                        "host group " + group.name() + " has its " + group.maxHosts() + " hosts; raise maxHosts",
                        tasks)
                : new Hindrance(
                        provider,
                        "BUDGET",
                        "another host would cost more than the budget of host group " + group.name() + " allows, "
                                + Optional.ofNullable(group.microsPerHourBudget())
                                        .map(Money::perHour)
                                        .orElse("none"),
                        tasks);
    }
}
