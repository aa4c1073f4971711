package io.staithe.server.apply;

import io.staithe.capacity.planner.LowerBound;
import io.staithe.core.control.Preview;
import io.staithe.core.model.CapacityStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.server.apply.ApplyResult.Capacity;
import io.staithe.server.apply.ApplyResult.NoHost;
import io.staithe.server.apply.ApplyResult.ProviderCost;
import io.staithe.server.manifest.Amounts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a preview buys costs for each capacity provider, beside what it cannot cost less than; and what finds no host. */
final class CapacityForecast {
    /** Whose hosts they are; they are bought by one group's prices. */
    private record Buyer(String cluster, @Nullable String provider, String group) {
        static Buyer of(ProvisionedHost host) {
            return new Buyer(host.cluster(), host.capacityProvider(), host.group());
        }

        String name() {
            return provider == null ? group : provider;
        }
    }

    private final Preview.Outcome outcome;
    private final ClusterState state;
    private final Instant now;

    private CapacityForecast(Preview.Outcome outcome, ClusterState state, Instant now) {
        this.outcome = outcome;
        this.state = state;
        this.now = now;
    }

    /** @param state on which the preview was made */
    static Capacity of(Preview.Outcome outcome, ClusterState state, Instant now) {
        CapacityForecast forecast = new CapacityForecast(outcome, state, now);
        Map<Buyer, List<ProvisionedHost>> bought = outcome.bought().stream()
                .collect(Collectors.groupingBy(Buyer::of, LinkedHashMap::new, Collectors.toList()));
        return new Capacity(
                bought.entrySet().stream()
                        .map(one -> forecast.cost(one.getKey(), one.getValue()))
                        .toList(),
                outcome.capacityAfter().stream()
                        .flatMap(status -> status.hindrances().stream().map(one -> noHost(status, one)))
                        .toList());
    }

    private ProviderCost cost(Buyer buyer, List<ProvisionedHost> bought) {
        long total = micros(outcome.hostsAfter().stream()
                .filter(host -> host.status().isWanted() && Buyer.of(host).equals(buyer))
                .toList());
        return new ProviderCost(
                buyer.cluster(),
                buyer.name(),
                buyer.group(),
                bought.size(),
                Amounts.dollars(micros(bought)),
                Amounts.dollars(bound(buyer, bought)),
                Amounts.dollars(total));
    }

    /** Of the tasks that would be on what is bought. */
    private long bound(Buyer buyer, List<ProvisionedHost> bought) {
        Set<InstanceId> hosts = bought.stream().map(ProvisionedHost::id).collect(Collectors.toSet());
        List<Task> tasks = outcome.after().stream()
                .filter(task -> task.isActive() && task.instance() != null && hosts.contains(task.instance()))
                .toList();
        return state.hostGroup(buyer.group())
                .map(group -> LowerBound.microsPerHour(state, group, buyer.name(), buyer.cluster(), tasks, now))
                .orElse(0L);
    }

    private static long micros(List<ProvisionedHost> hosts) {
        return hosts.stream().mapToLong(ProvisionedHost::microsPerHour).sum();
    }

    private static NoHost noHost(CapacityStatus status, CapacityStatus.Hindrance one) {
        return new NoHost(status.cluster(), one.capacityProvider(), one.code(), one.message(), one.tasks());
    }
}
