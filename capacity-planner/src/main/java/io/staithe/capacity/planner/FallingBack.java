package io.staithe.capacity.planner;

import io.staithe.core.capacity.ProviderFallback;
import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.CapacityStatus.Hindrance;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives tasks that have waited long enough for hosts of a capacity provider to the next one of their strategy. They stay there:
 * which provider the next task gets is decided anew, by the strategy alone.
 */
final class FallingBack {
    /** In one plan: with hosts that are bought, and events, they fit a commit. */
    private static final int MAX_TASKS = 10;
    /** The group as a whole may have no more: then neither may its other capacity providers. */
    private static final Set<String> OF_THE_GROUP = Set.of("MAX_HOSTS", "BUDGET");

    private final ClusterState state;
    private final Outlook outlook;
    private final Instant now;
    private final Plan.Builder plan;
    private int moved;

    FallingBack(ClusterState state, Outlook outlook, Instant now, Plan.Builder plan) {
        this.state = state;
        this.outlook = outlook;
        this.now = now;
        this.plan = plan;
    }

    void from(List<Hindrance> hindrances, List<Supply> supplies) {
        Map<String, HostGroup> groups = supplies.stream().collect(Collectors.toMap(Supply::provider, Supply::group));
        Set<String> hindered =
                hindrances.stream().map(Hindrance::capacityProvider).collect(Collectors.toSet());
        for (Hindrance hindrance : hindrances) {
            HostGroup own = groups.get(hindrance.capacityProvider());
            Predicate<String> mayServe =
                    provider -> !hindered.contains(provider) && isAnother(groups.get(provider), own, hindrance);
            for (Need need : outlook.needs(hindrance.capacityProvider()))
                if (need.task() != null) fallBack(need.task(), hindrance, mayServe);
        }
    }

    private static boolean isAnother(@Nullable HostGroup group, @Nullable HostGroup own, Hindrance hindrance) {
        return group == null
                || own == null
                || !group.name().equals(own.name())
                || !OF_THE_GROUP.contains(hindrance.code());
    }

    private void fallBack(Task task, Hindrance hindrance, Predicate<String> mayServe) {
        Integer after =
                task.placementPolicy() == null ? null : task.placementPolicy().fallbackSeconds();
        if (after == null || task.service() == null) return;
        String next = ProviderFallback.next(strategy(task), hindrance.capacityProvider(), mayServe)
                .orElse(null);
        if (next == null) return;
        Instant due = task.createdAt().plusSeconds(after);
        if (now.isBefore(due)) {
            plan.wakeAt(due);
        } else if (moved++ < MAX_TASKS) {
            plan.update(state, task.but().capacityProvider(next).build());
            plan.because(new Reason(
                    task.key(),
                    task.service(),
                    task.id(),
                    "SERVICE_TASK_CAPACITY_PROVIDER_FALLBACK",
                    "(service " + task.service().name() + ") (task " + task.id() + ") waits for capacity provider "
                            + next
                            + " instead of " + hindrance.capacityProvider() + ", whose hosts are not to be had: "
                            + hindrance.message() + "."));
        }
    }

    /** Of the revision that the task is of. */
    private List<CapacityProviderStrategyItem> strategy(Task task) {
        return Optional.ofNullable(task.deployment())
                .flatMap(state::deployment)
                .map(deployment -> deployment.revision().capacityProviderStrategy())
                .orElse(List.of());
    }
}
