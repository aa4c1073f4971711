package io.staithe.agent.task;

import io.staithe.agent.container.Container;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one host does about its tasks, as a machine that is told everything and does nothing itself. Not thread-safe: one
 * owner calls it, in turns:
 *
 * <ol>
 *   <li>tell it what happened: {@link #welcome}, {@link #assign}, {@link #observed}, {@link #completed};
 *   <li>ask {@link #next} for the actions that are to be carried out now;
 *   <li>write {@link #checkpoint} to disk, if it changed, <em>before</em> any of them is begun or any report is sent: a task
 *       whose start may have been carried out must never start again;
 *   <li>begin the actions, send {@link #takeChangedReports}, and come back at {@link #wakeAt} or when something happens.
 * </ol>
 *
 * <p>What it promises: a task is started at most once; a container is stopped only when its task was ended, or when a full
 * assignment received in this process's life does not name it (and, after the control plane's store was restored from a
 * copy, not before a grace time); being unable to reach somebody is never a reason to act.
 */
public final class AgentLoop {
    private final InstanceId instance;
    private final Limits limits;
    private final boolean fargate;
    private final Map<TaskId, TaskRun> tasks = new LinkedHashMap<>();
    private final Strays strays = new Strays();
    private final Set<TaskId> tombstones = new LinkedHashSet<>();
    private final InFlight inFlight;
    private final ImageCleanup imageCleanup;
    private final Images images;
    private final Retention retention;
    private final Reports reports;
    private Assignment assignment;
    /** The tasks of {@link #assignment}: asked for each task in each turn. */
    private Set<TaskId> assignedTasks = Set.of();

    private @Nullable String epoch;
    private @Nullable Instant graceUntil;
    private boolean memoryLost;
    /** Reported on before, and not remembered: decided when the runtime has shown what is there. */
    private final Set<TaskId> doubtful = new LinkedHashSet<>();

    private boolean isAssignmentWhole;
    private boolean hasLooked;
    private Instant wakeAt = Instant.MAX;

    /**
     * @param incarnation goes into every report; higher than in any earlier life whose memory is not in {@code checkpoint}
     * @param checkpoint the newest that was written; {@link Checkpoint#FIRST} or {@link Checkpoint#LOST} without one
     */
    public AgentLoop(InstanceId instance, long incarnation, Limits limits, Checkpoint checkpoint) {
        this(instance, incarnation, limits, checkpoint, false);
    }

    /** @param fargate the host is for tasks on Fargate: it refuses what those may not ask for */
    public AgentLoop(InstanceId instance, long incarnation, Limits limits, Checkpoint checkpoint, boolean fargate) {
        this.fargate = fargate;
        this.instance = instance;
        this.limits = limits;
        inFlight = new InFlight(limits);
        imageCleanup = new ImageCleanup(limits, checkpoint.images());
        images = new Images(imageCleanup);
        retention = new Retention(limits);
        reports = new Reports(instance, incarnation);
        memoryLost = checkpoint.memoryLost();
        epoch = checkpoint.epoch();
        graceUntil = checkpoint.graceUntil();
        tombstones.addAll(checkpoint.tombstones());
        for (Checkpoint.SavedTask saved : checkpoint.tasks()) {
            tasks.put(saved.task().task(), TaskRun.restored(saved, instance));
            reports.restore(saved.report());
        }
        assignment = checkpoint.assignment();
        acceptAll();
    }

    /** A session with the control plane was opened; a full assignment follows. */
    public void welcome(String epochOfStore, Instant now) {
        isAssignmentWhole = false;
        if (epochOfStore.equals(epoch)) return;
        if (epoch != null || memoryLost) graceUntil = now.plus(limits.epochGrace());
        epoch = epochOfStore;
        memoryLost = false;
    }

    /** A difference is ignored until the session's full assignment has come. */
    public void assign(Assignment.Delta delta) {
        if (!delta.full() && !isAssignmentWhole) return;
        assignment = assignment.applying(delta);
        acceptAll();
        if (delta.full()) isAssignmentWhole = true;
    }

    private void acceptAll() {
        assignedTasks = assignment.tasks().map(AssignedTask::task).collect(Collectors.toSet());
        assignment.tasks().forEach(this::accept);
    }

    private void accept(AssignedTask assigned) {
        TaskRun task = tasks.get(assigned.task());
        if (task == null) {
            task = new TaskRun(assigned, instance);
            tasks.put(assigned.task(), task);
            task.adopt(strays.claim(assigned.task()));
            if (tombstones.contains(assigned.task())) {
                task.stopAgain();
                reports.continueAfterTombstone(assigned.task());
            } else if (assigned.launched()) doubtful.add(assigned.task());
            else if (fargate) Admission.refusal(assigned).ifPresent(task::failToStart);
        }
        if (assigned.desiredStatus() == DesiredStatus.STOPPED) task.stop();
    }

    /** To be taken before a look at the runtime begins, and given to {@link #observed} with what it showed. */
    public long mark() {
        return inFlight.mark();
    }

    /**
     * All of this agent's containers as the runtime lists them. Not to be called when the runtime does not answer:
     * containers are unknown then, not gone.
     *
     * @param mark what {@link #mark} was before the look began: what was done meanwhile is not judged by it
     */
    public void observed(long mark, List<Container> containers, Instant now) {
        hasLooked = true;
        Map<TaskId, List<Container>> byTask = containers.stream()
                .collect(Collectors.groupingBy(Container::task, LinkedHashMap::new, Collectors.toList()));
        for (TaskRun task : tasks.values()) task.observe(byTask.getOrDefault(task.id(), List.of()), mark, now);
        byTask.keySet().removeAll(tasks.keySet());
        strays.observe(byTask.values().stream().flatMap(List::stream).toList(), mark);
    }

    /** An action that {@link #next} gave out has ended. One that is not in flight changes nothing. */
    public void completed(Action action, Outcome outcome, Instant now) {
        inFlight.completed(action, outcome, now);
    }

    /** What is to be done now. Each action is given out once, and is in flight until it is {@link #completed}. */
    public List<Action> next(Instant now) {
        Round round = new Round(inFlight, now);
        if (hasLooked) plan(round);
        wakeAt = round.wakeAt();
        return round.actions();
    }

    private void plan(Round round) {
        settleDoubts();
        boolean mayEndUnasked = isAssignmentWhole && (graceUntil == null || round.isDue(graceUntil));
        if (mayEndUnasked) {
            tasks.values().stream().filter(task -> !isAssigned(task.id())).forEach(TaskRun::stop);
            strays.end(round);
        }
        // Those that stop go first: they make room for those that start.
        tasks.values().stream().filter(TaskRun::isStopping).forEach(task -> task.plan(images, round));
        tasks.values().stream().filter(task -> !task.isStopping()).forEach(task -> task.plan(images, round));
        // Those that are due longest go first, so that each comes round however many there are.
        tasks.values().stream()
                .flatMap(TaskRun::checks)
                .sorted(Comparator.comparing(TaskRun.DueCheck::at))
                .forEach(check -> check.plan(round));
        tasks.values().forEach(reports::refresh);
        for (TaskRun task : retention.over(tasks.values(), round))
            if (task.remove(images, round) && !isAssigned(task.id())) bury(task.id());
        imageCleanup.plan(imagesInUse(), round);
        images.forgetUnwanted();
    }

    private void settleDoubts() {
        for (TaskId id : doubtful) {
            TaskRun task = tasks.get(id);
            if (task != null && !task.hasContainers())
                task.stopByItself("InternalError: the agent lost its memory, and the task's containers are gone");
        }
        doubtful.clear();
    }

    private boolean isAssigned(TaskId task) {
        return assignedTasks.contains(task);
    }

    private void bury(TaskId task) {
        tasks.remove(task);
        reports.forget(task);
        tombstones.remove(task);
        tombstones.add(task);
        if (tombstones.size() > Limits.TOMBSTONES)
            tombstones.remove(tombstones.iterator().next());
    }

    private Set<String> imagesInUse() {
        Stream<String> ofTasks = tasks.values().stream().flatMap(TaskRun::imageIds);
        return Stream.concat(ofTasks, strays.imageIds()).collect(Collectors.toSet());
    }

    /** When {@link #next} may give something out although nothing happened; {@link Instant#MAX}: never. */
    public Instant wakeAt() {
        return wakeAt;
    }

    /** All that the control plane may want to hear. */
    public List<TaskReport> reports() {
        return tasks.values().stream()
                .filter(task -> !task.isStopped() || isAssigned(task.id()))
                .flatMap(task -> reports.of(task.id()).stream())
                .toList();
    }

    /** What has changed since this was last called, as of the last {@link #next}. */
    public List<TaskReport> takeChangedReports() {
        return reports.takeChanged();
    }

    /** What is to be on disk, as of the last {@link #next}. */
    public Checkpoint checkpoint() {
        List<Checkpoint.SavedTask> saved = new ArrayList<>();
        for (TaskRun task : tasks.values())
            reports.of(task.id())
                    .ifPresent(report -> saved.add(
                            new Checkpoint.SavedTask(task.assigned, task.isStopping(), report, task.namesOfBegun())));
        return new Checkpoint(
                memoryLost, epoch, graceUntil, assignment, saved, List.copyOf(tombstones), imageCleanup.lastUsed());
    }

    public Assignment assignment() {
        return assignment;
    }

    /** Whether {@link #assignment} is what was asked for, now or in an earlier life. If not, nothing is known of that. */
    public boolean isAssigned() {
        return isAssignmentWhole || !assignment.equals(Assignment.EMPTY);
    }

    /** Whether {@link #reports} are of what is there, and not only of what was remembered. */
    public boolean hasLooked() {
        return hasLooked;
    }

    /** Empty: this host has no such task, or not any more. */
    public Optional<KnownTask> known(TaskId id) {
        return Optional.ofNullable(tasks.get(id))
                .map(task -> task.known(reports.of(id).orElse(null)));
    }

    /** The runtime's ids of a task's containers that are there, by name, in the order of starting; for their logs. */
    public Map<String, String> containersOf(TaskId id) {
        Map<String, String> ids = new LinkedHashMap<>();
        Optional.ofNullable(tasks.get(id))
                .ifPresent(task -> task.containers.forEach((name, container) -> {
                    if (container.exists() && container.id() != null) ids.put(name, container.id());
                }));
        return ids;
    }
}
