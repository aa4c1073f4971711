package io.staithe.core.deployment;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.scheduler.DaemonHosts;
import io.staithe.core.scheduler.Demand;
import io.staithe.core.scheduler.Host;
import io.staithe.core.scheduler.Scheduler;
import io.staithe.core.scheduler.Veto;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One task on each host that qualifies, and none elsewhere. A host's old task stops before the new one starts; of all hosts, as
 * many keep a healthy task meanwhile as the deployment configuration says (ECS: 0 % unless asked). A draining host's task stops
 * when nothing that it may serve is left there; a lost host's is kept for its return.
 */
final class DaemonRollout implements Rollout {
    private static final Comparator<Task> BEST_FIRST = Verdicts.LEAST_USEFUL_FIRST
            .reversed()
            .thenComparing(Task::createdAt)
            .thenComparing(Task::id);

    private final ClusterState state;
    private final Service service;
    private final Instant now;
    private final @Nullable Demand demand;
    private final Verdicts verdicts;
    /** Whether nothing new may take the place of what runs. */
    private final boolean halted;

    /** Of the primary deployment, where it belongs, and not failing. */
    private final List<Task> staying = new ArrayList<>();
    /** What waits for the replicas of its draining host to go. */
    private final List<Task> waiting = new ArrayList<>();
    /** What its host's next task takes the place of, as far as the minimum allows. */
    private final List<Task> replaced = new ArrayList<>();
    /** What is to stop whatever the minimum, and why. */
    private final Map<Task, String> unwanted = new LinkedHashMap<>();

    /** Of those, what task protection keeps for now. */
    private final List<Task> held = new ArrayList<>();

    private final List<Start> starts = new ArrayList<>();
    /** Of hosts on which its tasks keep failing. */
    private final List<HeldPlace> pauses = new ArrayList<>();

    private final Instant countedFrom;
    private final Map<ContainerInstance, Veto> refusals = new LinkedHashMap<>();
    private int qualifying;
    private int desired;
    private @Nullable Instant wakeAt;

    DaemonRollout(ClusterState state, Service service, List<Task> tasks, Instant now) {
        this(state, service, tasks, false, now);
    }

    /**
     * @param tasks all stored tasks of the service
     * @param halted whether no task of the primary deployment may start
     */
    DaemonRollout(ClusterState state, Service service, List<Task> tasks, boolean halted, Instant now) {
        this.halted = halted;
        this.state = state;
        this.service = service;
        this.now = now;
        countedFrom = state.deployment(service.deployment())
                .map(Deployment::countsFrom)
                .orElse(Instant.MIN);
        TaskDefinition definition =
                state.taskDefinition(service.revision().taskDefinition()).orElse(null);
        demand = definition == null ? null : Demand.of(service, definition);
        verdicts = new Verdicts(state, tasks.stream().filter(Task::isActive).toList(), now);
        wakeAt = verdicts.wakeAt();
        Map<InstanceId, List<Task>> byHost = new HashMap<>();
        for (Task task : tasks)
            if (task.instance() != null)
                byHost.computeIfAbsent(task.instance(), host -> new ArrayList<>())
                        .add(task);
        state.instancesOf(service.cluster()).forEach(host -> {
            List<Task> there = byHost.remove(host.id());
            sort(host, there == null ? List.of() : there);
        });
        byHost.values().forEach(there -> dismiss(active(there), "The host of this task is gone"));
        leaving().stream().filter(this::isHeld).forEach(held::add);
        held.forEach(task -> wakeBy(task.protectedUntil()));
    }

    /** Protected, on a host that works: neither the service's end nor the host's is held up, nor the end of one that fails. */
    private boolean isHeld(Task task) {
        boolean mayGoOn = service.status() == Service.Status.ACTIVE && !verdicts.isFailing(task);
        return mayGoOn
                && task.isProtectedAt(now)
                && hostOf(task)
                        .filter(host -> host.status() == ContainerInstance.Status.ACTIVE
                                || host.status() == ContainerInstance.Status.DRAINING)
                        .isPresent();
    }

    private void wakeBy(@Nullable Instant time) {
        if (time != null && (wakeAt == null || time.isBefore(wakeAt))) wakeAt = time;
    }

    private void sort(ContainerInstance host, List<Task> there) {
        List<Task> active = active(there);
        if (service.status() != Service.Status.ACTIVE) {
            dismiss(active, "Service " + service.name() + " is being deleted");
            return;
        }
        switch (host.status()) {
            case ACTIVE -> onActive(host, there, active);
            case DRAINING -> onDraining(host, active);
            case LOST -> onLost(active);
            case INACTIVE -> dismiss(active, "The host of this task is gone");
        }
    }

    private void onActive(ContainerInstance instance, List<Task> there, List<Task> active) {
        if (demand == null) {
            active.forEach(this::keep); // its definition was deleted: nobody can tell, and nothing can be started
            return;
        }
        Host host = DaemonHosts.without(service.id(), instance, state);
        if (!DaemonHosts.qualifies(demand, host)) {
            dismiss(active, "The host of this task does not meet the service's placement constraints");
            return;
        }
        qualifying++;
        desired++;
        if (!active.isEmpty()) {
            Task first = active.get(0);
            dismiss(active.subList(1, active.size()), "Another task of this daemon service runs on its host");
            if (isCurrent(first) && !verdicts.isFailing(first)) staying.add(first);
            else if (halted) staying.add(first);
            else if (mayReplace(first, instance, host)) replaced.add(first);
            else waiting.add(first);
        } else if (!halted && there.stream().allMatch(Task::isStopped)) {
            start(instance, host, there);
        }
    }

    /** What serves is not stopped where its successor could not start. */
    private boolean mayReplace(Task task, ContainerInstance instance, Host host) {
        if (task.lastStatus().isBefore(LastStatus.RUNNING) || verdicts.isFailing(task)) return true;
        return fits(instance, host);
    }

    private void start(ContainerInstance instance, Host host, List<Task> stopped) {
        Optional<BackOff.Pause> pause = BackOff.after(
                        stopped.stream().filter(this::isCurrent).toList(), countedFrom)
                .filter(waits -> now.isBefore(waits.until()));
        if (pause.isPresent()) {
            pauses.add(HeldPlace.host(instance.id(), pause.get()));
            wakeBy(pause.get().until());
        } else if (fits(instance, host)) starts.add(new Start(service.deployment(), null, instance.id()));
    }

    private boolean fits(ContainerInstance instance, Host host) {
        if (demand == null) return false;
        Optional<Veto> veto = Scheduler.veto(demand, host);
        // A host that does not answer right now is lost soon, or back: there is nothing to say about its room.
        veto.filter(why -> host.isReachable()).ifPresent(why -> refusals.put(instance, why));
        return veto.isEmpty();
    }

    private void onDraining(ContainerInstance host, List<Task> active) {
        if (!servesOthers(host)) dismiss(active, "The host of this task is draining");
        else
            for (Task task : active)
                if (isCurrent(task)) keep(task);
                else waiting.add(task);
    }

    /** ECS: first in, last out. */
    private boolean servesOthers(ContainerInstance host) {
        return state.tasksOn(host.id()).filter(Task::holdsResources).anyMatch(task -> !task.isOfDaemon());
    }

    private void onLost(List<Task> active) {
        for (Task task : active)
            if (isCurrent(task) && task.lastStatus() == LastStatus.RUNNING) keep(task);
            else dismiss(List.of(task), "The host of this task is out of reach");
    }

    private void keep(Task task) {
        staying.add(task);
        desired++;
    }

    private void dismiss(List<Task> tasks, String why) {
        for (Task task : tasks) unwanted.put(task, why);
    }

    private boolean isCurrent(Task task) {
        return service.deployment().equals(task.deployment());
    }

    /** The one that is to stay there first. */
    private List<Task> active(List<Task> there) {
        return there.stream()
                .filter(Task::isActive)
                .sorted(Comparator.<Task, Boolean>comparing(task -> !isCurrent(task))
                        .thenComparing(BEST_FIRST))
                .toList();
    }

    @Override
    public int desired(DeploymentId deployment) {
        return deployment.equals(service.deployment()) ? desired : 0;
    }

    @Override
    public List<Task> staying() {
        return staying;
    }

    @Override
    public List<Task> leaving() {
        return Stream.of(waiting.stream(), replaced.stream(), unwanted.keySet().stream())
                .flatMap(tasks -> tasks)
                .toList();
    }

    @Override
    public List<Start> toStart() {
        return starts;
    }

    @Override
    public List<Task> toStop() {
        List<Task> stop = new ArrayList<>(unwanted.keySet());
        stop.removeAll(held);
        int minimum = minimumHealthy();
        int healthy = (int) onQualifying().filter(Verdicts::isHealthy).count();
        for (Task task : replaced.stream()
                .filter(task -> !held.contains(task))
                .sorted(Verdicts.LEAST_USEFUL_FIRST.thenComparing(Task::createdAt))
                .toList()) {
            if (task.lastStatus().isBefore(LastStatus.RUNNING) || verdicts.isFailing(task)) stop.add(task);
            else if (!Verdicts.isHealthy(task)) {
                // It may be serving, as far as anybody knows.
                if (healthy >= minimum) stop.add(task);
            } else if (healthy > minimum) {
                stop.add(task);
                healthy--;
            }
        }
        return stop;
    }

    private int minimumHealthy() {
        Integer percent = service.deploymentConfiguration().minimumHealthyPercent();
        return percent == null ? 0 : service.deploymentConfiguration().minimumHealthy(qualifying);
    }

    /** Tasks on active hosts that are to have one. */
    private Stream<Task> onQualifying() {
        return Stream.of(staying, waiting, replaced).flatMap(List::stream).filter(task -> hostOf(task)
                .filter(host -> host.status() == ContainerInstance.Status.ACTIVE)
                .isPresent());
    }

    private Optional<ContainerInstance> hostOf(Task task) {
        return Optional.ofNullable(task.instance()).flatMap(state::instance);
    }

    @Override
    public String whyStop(Task task) {
        String unwantedBecause = unwanted.get(task);
        if (unwantedBecause != null) return unwantedBecause;
        return isCurrent(task)
                ? verdicts.of(task).cause()
                : "Scaling activity initiated by (deployment ecs-svc/" + service.deployment() + ")";
    }

    @Override
    public boolean isScaledUp() {
        return isSteady();
    }

    @Override
    public boolean isSteady() {
        return !halted
                && waiting.isEmpty()
                && replaced.isEmpty()
                && unwanted.isEmpty()
                && staying.size() == desired
                && staying.stream().allMatch(verdicts::isSettled);
    }

    @Override
    public Optional<Obstacle> obstacle() {
        if (!refusals.isEmpty()) return Optional.of(Obstacle.noRoom(service, refusals));
        if (!held.isEmpty()) return Optional.of(Obstacle.isProtected(service, held));
        boolean stuck = !replaced.isEmpty()
                && toStop().isEmpty()
                && onQualifying().allMatch(verdicts::isSettled)
                && onQualifying().count() == qualifying;
        if (stuck) return Optional.of(Obstacle.blocked(service));
        return pauses.isEmpty() ? Optional.empty() : Optional.of(Obstacle.failing(service, pauses));
    }

    @Override
    public List<HeldPlace> held() {
        return pauses;
    }

    @Override
    public @Nullable Instant wakeAt() {
        return wakeAt;
    }
}
