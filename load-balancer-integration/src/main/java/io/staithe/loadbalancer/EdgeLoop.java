package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TargetHealth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes one edge host's proxy carry the routing table, and says how its targets are. A machine without a thread, a clock
 * or I/O: {@link #desired}, {@link #observed} and {@link #completed} tell it what is; {@link #next} says what to do;
 * {@link #health} and {@link #problems} say what came of it. Level-triggered: each plan comes from the newest observation
 * alone, so it does not matter who changed the proxy, or which answer got lost.
 */
public final class EdgeLoop {
    /** How many actions one plan holds at most; the rest follow after the next observation. */
    public static final int MAX_ACTIONS = 128;

    /** How often to look while something is about to change: a check, a drain, a retry. */
    static final Duration OBSERVE_CHANGING = Duration.ofMillis(100);

    /** How often to look when all is settled; a target that fails is reported this much later at most. */
    static final Duration OBSERVE_SETTLED = Duration.ofMillis(500);

    private final InstanceId edge;
    private final Function<RoutingTable, String> fingerprint;
    private final Map<ServerName, TargetLife> lives = new TreeMap<>();
    private final Map<Object, Backoff> backoffs = new HashMap<>();
    private final Map<Object, String> failures = new LinkedHashMap<>();

    private @Nullable CarriedTable desired;
    private Map<ServerName, Target> targets = Map.of();
    private Map<String, TargetGroup> groups = Map.of();
    private String wanted = "";
    private Map<String, Split> splits = Map.of();

    private @Nullable Observation observed;
    private boolean judged;
    private boolean acted;
    private Instant observeAt = Instant.MIN;

    /** @param fingerprint the provider's: {@code provider::fingerprint} */
    public EdgeLoop(InstanceId edge, Function<RoutingTable, String> fingerprint) {
        this.edge = edge;
        this.fingerprint = fingerprint;
    }

    /** What to carry from now on. Before it is called for the first time the proxy is left as it is. */
    public void desired(RoutingTable table) {
        CarriedTable carried = CarriedTable.of(table);
        if (desired == null || !isSameButForTargets(desired.table(), carried.table()))
            wanted = fingerprint.apply(carried.table());
        desired = carried;
        splits = Splits.of(carried.table());
        Map<ServerName, Target> byName = new TreeMap<>();
        carried.table().targets().forEach(target -> byName.put(ServerName.of(target), target));
        targets = byName;
        Map<String, TargetGroup> byGroup = new TreeMap<>();
        carried.table().targetGroups().forEach(group -> byGroup.put(group.name(), group));
        groups = byGroup;
    }

    private static boolean isSameButForTargets(RoutingTable one, RoutingTable other) {
        return one.listeners().equals(other.listeners())
                && one.rules().equals(other.rules())
                && one.targetGroups().equals(other.targetGroups());
    }

    /** What the proxy has. */
    public void observed(Observation observation, Instant now) {
        observed = observation;
        acted = false;
        if (desired != null) judge(observation, now);
        judged = desired != null;
        observeAt = now.plus(isSettled() ? OBSERVE_SETTLED : OBSERVE_CHANGING);
    }

    /** The proxy did not answer: nothing is known anew, and nothing is done before it does. */
    public void unobserved(Instant now) {
        acted = true;
        observeAt = now.plus(OBSERVE_CHANGING);
    }

    /** What to do, in this order; empty when there is nothing to do, or nothing before the next observation. */
    public List<EdgeAction> next(Instant now) {
        if (observed == null || desired == null || acted) return List.of();
        backoffs.values().removeIf(backoff -> backoff.forgotten(now));
        List<EdgeAction> plan = plan(observed, desired.table());
        Set<Object> planned = new HashSet<>();
        plan.forEach(action -> planned.add(subject(action)));
        failures.keySet().retainAll(planned);
        List<EdgeAction> due = plan.stream()
                .filter(action -> isDue(action, now))
                .limit(MAX_ACTIONS)
                .toList();
        acted = !due.isEmpty();
        return due;
    }

    /** What came of an action that {@link #next} gave. */
    public void completed(EdgeAction action, Outcome outcome, Instant now) {
        Object subject = subject(action);
        backoffs.put(subject, Backoff.after(backoffs.get(subject), now));
        String why = outcome.why();
        if (why == null) failures.remove(subject);
        else failures.put(subject, why);
        observeAt = now;
    }

    /** How each target is, in a fixed order; absent, which is not the same as none, before the first table and observation. */
    public Optional<List<TargetHealth>> health() {
        if (!judged) return Optional.empty();
        List<TargetHealth> health = new ArrayList<>();
        lives.forEach((name, life) -> health.add(new TargetHealth(
                edge,
                name.task(),
                name.targetGroup(),
                name.containerName(),
                name.containerPort(),
                life.verdict().state(),
                life.verdict().why())));
        return Optional.of(health);
    }

    /** What stands in the way of carrying the table, for people; empty when all of it is carried. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(desired == null ? List.of() : desired.problems());
        problems.addAll(failures.values());
        return problems;
    }

    /** When to observe next. */
    public Instant wakeAt() {
        return observeAt;
    }

    private void judge(Observation seen, Instant now) {
        Set<ServerName> known = new HashSet<>(targets.keySet());
        known.addAll(seen.servers().keySet());
        lives.keySet().retainAll(known);
        for (ServerName name : known) {
            TargetLife life = lives.computeIfAbsent(name, added -> new TargetLife(now));
            Target target = targets.get(name);
            TargetGroup group = groups.get(name.targetGroup());
            ObservedServer server = seen.servers().get(name);
            if (target == null || target.draining())
                life.leave(seen.running(), server, group == null ? 0 : group.deregistrationDelay(), now);
            else if (group != null) life.serve(seen.running(), server, group, now);
        }
    }

    private List<EdgeAction> plan(Observation seen, RoutingTable table) {
        List<EdgeAction> plan = new ArrayList<>();
        if (!seen.running() || !seen.fingerprint().equals(wanted) || !listensOnAll(seen, table))
            plan.add(new EdgeAction.Configure(table));
        if (!seen.running()) return plan;
        // Before any server goes: a group that is to get nothing more gets nothing more.
        if (seen.fingerprint().equals(wanted) && !seen.splits().equals(splits))
            plan.add(new EdgeAction.SetSplits(splits));
        seen.servers().forEach((name, server) -> planPresent(plan, name, server, targets.get(name)));
        targets.forEach((name, target) -> {
            TargetGroup group = groups.get(name.targetGroup());
            boolean absent = !seen.servers().containsKey(name);
            if (absent
                    && !target.draining()
                    && group != null
                    && seen.targetGroups().contains(group.name())) plan.add(new EdgeAction.AddServer(target, group));
        });
        return plan;
    }

    private void planPresent(List<EdgeAction> plan, ServerName name, ObservedServer server, @Nullable Target target) {
        boolean ready = server.mode() == ObservedServer.Mode.READY;
        TargetLife life = Objects.requireNonNull(lives.get(name));
        if (target == null && life.verdict().state() == State.UNUSED) plan.add(new EdgeAction.RemoveServer(name));
        else if (target == null || target.draining()) {
            if (ready) plan.add(new EdgeAction.SetDrain(name));
        } else if (!server.at(target.address(), target.port())) plan.add(new EdgeAction.RemoveServer(name));
        else if (!ready) plan.add(new EdgeAction.SetReady(name));
        else planWeight(plan, name, server);
    }

    private void planWeight(List<EdgeAction> plan, ServerName name, ObservedServer server) {
        TargetGroup group = groups.get(name.targetGroup());
        if (group == null) return;
        int weight = SlowStart.weight(group, server.up(), server.sinceChange());
        if (weight != server.weight()) plan.add(new EdgeAction.SetWeight(name, weight));
    }

    private static boolean listensOnAll(Observation seen, RoutingTable table) {
        return table.listeners().stream().allMatch(listener -> seen.ports().contains(listener.port()));
    }

    private boolean isDue(EdgeAction action, Instant now) {
        Backoff backoff = backoffs.get(subject(action));
        return backoff == null || !now.isBefore(backoff.notBefore());
    }

    /** What a retry is a retry of: targets that come and go do not make a refused configuration a new one. */
    private Object subject(EdgeAction action) {
        return action instanceof EdgeAction.Configure ? wanted : action;
    }

    private boolean isSettled() {
        return failures.isEmpty()
                && observed != null
                && observed.running()
                && lives.values().stream()
                        .map(life -> life.verdict().state())
                        .noneMatch(state -> state == State.INITIAL || state == State.DRAINING);
    }
}
