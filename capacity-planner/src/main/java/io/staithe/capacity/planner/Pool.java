package io.staithe.capacity.planner;

import io.staithe.core.model.CapacityStatus;
import io.staithe.core.model.CapacityStatus.Hindrance;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Key;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hosts that may be bought for one cluster, and those that have been. */
final class Pool {
    /** Hosts bought in one plan, whoever wants them: with their events, and hosts that go, they fit a commit. */
    private static final int MAX_BOUGHT_PER_PLAN = 30;
    /** Hindrances told in one plan, and services in whose events each is. */
    private static final int MAX_HINDRANCES_TOLD = 4;

    private static final int MAX_SERVICES_TOLD = 2;

    private final ClusterState state;
    private final String cluster;
    private final Instant now;
    private final Plan.Builder plan = new Plan.Builder();
    private final List<Hindrance> hindrances = new ArrayList<>();
    private final CapacityStatus known;
    private final Looks looks;
    private int bought;

    Pool(ClusterState state, String cluster, Looks looks, Instant now) {
        this.state = state;
        this.cluster = cluster;
        this.looks = looks;
        this.now = now;
        known = state.capacityStatus(cluster);
    }

    Plan plan() {
        List<Supply> supplies = Supply.of(state, cluster);
        if (supplies.isEmpty() && state.provisionedFor(cluster).findAny().isEmpty()) return Plan.NOTHING;
        Outlook outlook = new Outlook(state, cluster, supplies, now);
        if (known.change() != null) outlook.speakFor(known.change().starting());
        Releasing releasing = new Releasing(state, cluster, outlook, now, plan);
        for (Supply supply : supplies) {
            Buying buying = buy(supply, outlook);
            buying.hindrance().ifPresent(hindrances::add);
            releasing.release(supply, buying.hosts().size());
        }
        releasing.releaseOrphans(supplies);
        Consolidating consolidating = new Consolidating(state, cluster, supplies, now, plan);
        CapacityStatus after = known.change() != null
                ? consolidating.goOn(known, known.change())
                : bought > 0 || releasing.isAnyDue() ? known : consolidating.begin(known, looks);
        new FallingBack(state, outlook, now, plan).from(hindrances, supplies);
        remember(after, outlook);
        return plan.build();
    }

    private Buying buy(Supply supply, Outlook outlook) {
        List<Need> needs = outlook.needs(supply.provider());
        Buying buying =
                new Buying(state, supply.group(), supply.provider(), cluster, MAX_BOUGHT_PER_PLAN - bought, now);
        Optional<Pause> pause = Pause.of(state, supply, now);
        if (pause.isPresent()) {
            plan.wakeAt(pause.get().until());
            if (!needs.isEmpty()) hinder(buying, pause.get(), needs.size());
            return buying;
        }
        if (supply.group().fargate() == HostGroup.Isolation.DEDICATED) DedicatedHosts.buy(buying, needs);
        else SharedHosts.buy(buying, needs);
        Scaling.adjust(state, supply, outlook, buying);
        bought += buying.hosts().size();
        buying.hosts().forEach(host -> Buying.request(host, plan));
        return buying;
    }

    private static void hinder(Buying buying, Pause pause, int tasks) {
        buying.hinder(
                "HOSTS_FAIL",
                pause.failures() + (pause.failures() == 1 ? " host" : " hosts in a row") + " of host group "
                        + buying.group.name() + " failed, the last because " + pause.reason()
                        + "; the next is requested at " + pause.until(),
                tasks);
    }

    /** Why tasks wait is told when it changes. */
    private void remember(CapacityStatus changed, Outlook outlook) {
        CapacityStatus after = new CapacityStatus(cluster, hindrances, changed.changedMindAt(), changed.change());
        if (!after.equals(known)) plan.update(state, after);
        hindrances.stream()
                .filter(hindrance -> known.hindrance(hindrance.capacityProvider())
                        .filter(before -> before.message().equals(hindrance.message()))
                        .isEmpty())
                .limit(MAX_HINDRANCES_TOLD)
                .forEach(hindrance -> say(hindrance, outlook.needs(hindrance.capacityProvider())));
    }

    private void say(Hindrance hindrance, List<Need> needs) {
        plan.because(new Reason(
                Key.cluster(cluster),
                null,
                null,
                "CAPACITY_" + hindrance.code(),
                "tasks of capacity provider " + hindrance.capacityProvider() + " wait: " + hindrance.message()));
        needs.stream()
                .flatMap(need -> Optional.ofNullable(need.task()).map(Task::service).stream())
                .distinct()
                .limit(MAX_SERVICES_TOLD)
                .forEach(service -> plan.because(new Reason(
                        Key.service(service),
                        service,
                        null,
                        "SERVICE_TASK_PLACEMENT_FAILURE",
                        "(service " + service.name() + ") was unable to place a task. Reason: " + hindrance.message()
                                + ".")));
    }
}
