package io.staithe.agent.task;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One accepted task on its way: images, what its containers share, the containers in their order; and back. It only moves
 * forward: wanted, stopping, stopped.
 */
final class TaskRun {
    static final String ESSENTIAL_EXITED = "Essential container in task exited";

    final AssignedTask assigned;
    final TaskSpec spec;
    /** In the order of starting. */
    final Map<String, ContainerRun> containers;

    private final SharedParts shared;
    private boolean stopping;
    private @Nullable StopCode stopCode;
    private @Nullable String reason;
    private @Nullable Instant pullStartedAt;
    private @Nullable Instant pullStoppedAt;
    private @Nullable Instant startedAt;
    private @Nullable Instant stoppedAt;

    TaskRun(AssignedTask assigned, InstanceId owner) {
        this.assigned = assigned;
        spec = new TaskSpec(owner, assigned.task(), assigned.cluster(), assigned.definition(), assigned.overrides());
        containers = StartRules.inOrder(EffectiveContainer.of(assigned));
        shared = new SharedParts(
                assigned.definition().volumes(), assigned.definition().networkModeOrDefault());
    }

    /** Takes up what an earlier process left. */
    static TaskRun restored(Checkpoint.SavedTask saved, InstanceId owner) {
        TaskRun task = new TaskRun(saved.task(), owner);
        TaskReport report = saved.report();
        task.stopping = saved.stopping();
        task.stopCode = report.stopCode();
        task.reason = report.reason();
        task.pullStartedAt = report.pullStartedAt();
        task.pullStoppedAt = report.pullStoppedAt();
        task.startedAt = report.startedAt();
        task.stoppedAt = report.stoppedAt();
        for (ContainerReport container : report.containers()) {
            ContainerRun run = task.containers.get(container.name());
            if (run != null) run.restore(container, saved.begun().contains(container.name()));
        }
        return task;
    }

    TaskId id() {
        return assigned.task();
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isStopped() {
        return stoppedAt != null;
    }

    KnownTask known(@Nullable TaskReport report) {
        Map<String, Container> seen = new LinkedHashMap<>();
        containers.forEach((name, container) -> {
            if (container.seen() != null) seen.put(name, container.seen());
        });
        List<ContainerDefinition> definitions = containers.values().stream()
                .map(container -> container.definition)
                .toList();
        return new KnownTask(assigned, definitions, stopping, report, seen, shared.address());
    }

    /** Asked from outside to stop. Why is known to whoever asks. */
    void stop() {
        if (!stopping) beginToStop(null, null);
    }

    /** It was here before, has stopped and been forgotten: it does not start again. */
    void stopAgain() {
        beginToStop(null, "Task has already stopped on this host");
    }

    /** It cannot start. The first reason stays. */
    void failToStart(String why) {
        if (!stopping) beginToStop(StopCode.TaskFailedToStart, why);
    }

    /** It has run, and cannot go on. */
    void stopByItself(String why) {
        if (!stopping) beginToStop(StopCode.EssentialContainerExited, why);
    }

    private void beginToStop(@Nullable StopCode code, @Nullable String why) {
        stopping = true;
        stopCode = code;
        reason = why;
        // What was being waited for before starting it again is no reason to stop it later.
        containers.values().forEach(container -> container.work.forgetFailures());
    }

    /** What the runtime shows of this task, all of it, by a look that began at {@code mark}. */
    void observe(Collection<Container> shown, long mark, Instant now) {
        shared.observe(newest(shown, Container.NETWORK_HOLDER), mark);
        for (ContainerRun container : containers.values())
            if (!container.work.isNewerThan(mark)) container.observe(newest(shown, container.name()), now);
    }

    /** Takes over containers of an earlier life that nothing is known of but what they show. */
    void adopt(Collection<Container> left) {
        for (ContainerRun container : containers.values()) {
            Container own = newest(left, container.name());
            if (own != null) container.observe(own, own.createdAt());
        }
        shared.observe(newest(left, Container.NETWORK_HOLDER), 0);
    }

    private static @Nullable Container newest(Collection<Container> shown, String name) {
        Container found = null;
        for (Container container : shown) if (container.name().equals(name)) found = container;
        return found;
    }

    /** What to do now. */
    void plan(Images images, Round round) {
        if (!stopping) {
            notice();
            if (!stopping) planStart(images, round);
        }
        if (stopping) planStop(round);
    }

    /** Draws the conclusions from how containers ended. */
    private void notice() {
        boolean over = containers.values().stream()
                .anyMatch(c -> c.definition.isEssential() && c.hasEnded() && !c.restartsInPlace());
        if (over) stopByItself(ESSENTIAL_EXITED);
        if (startedAt == null && containers.values().stream().allMatch(c -> c.hasStarted() || c.hasEnded()))
            startedAt = containers.values().stream()
                    .map(ContainerRun::startedAt)
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .orElse(null);
    }

    private void planStart(Images images, Round round) {
        if (!pull(images, round) || !shared.prepare(this, round)) return;
        for (ContainerRun container : containers.values()) planStart(container, round);
    }

    private boolean pull(Images images, Round round) {
        boolean all = true;
        for (ContainerRun container : containers.values()) {
            if (container.exists() || container.hasEnded() || container.isBegun() || container.isImageHere()) continue;
            if (pullStartedAt == null) pullStartedAt = round.now();
            images.want(this, container, round);
            all = false;
        }
        if (all && pullStartedAt != null && pullStoppedAt == null) pullStoppedAt = round.now();
        return all;
    }

    private void planStart(ContainerRun container, Round round) {
        if (container.hasEnded()) {
            if (container.restartsInPlace()) start(container, round, container::restart);
        } else if (container.isCreated()) startInTurn(container, round);
        else if (!container.exists() && !container.isBegun()) createInTurn(container, round);
    }

    private void createInTurn(ContainerRun container, Round round) {
        switch (StartRules.mayCreate(container, containers)) {
            case READY -> create(container, round);
            case NEVER -> fail(container, StartRules.whyNever(container.definition, containers, round), round.now());
            case WAIT -> {}
        }
    }

    private void startInTurn(ContainerRun container, Round round) {
        switch (StartRules.mayStart(container.definition, containers, round)) {
            case READY -> start(container, round, container::begin);
            case NEVER -> fail(container, StartRules.whyNever(container.definition, containers, round), round.now());
            case WAIT -> {}
        }
    }

    private void create(ContainerRun container, Round round) {
        Action create = new Action.Create(spec, container.toCreate());
        round.issue(create, container.work, (outcome, mark, now) -> {
            if (outcome.failure() == null) done(container, outcome, mark, now);
            else {
                if (outcome.failure().kind() == Outcome.Failure.Kind.NOT_FOUND) container.imageIsGone();
                failed(container, outcome.failure(), mark, now);
            }
        });
    }

    private void start(ContainerRun container, Round round, Runnable begin) {
        // It may have been started, run and ended while the answer was lost: to start it then would be a second time.
        if (container.work.isUncertain()) return;
        Action start = new Action.Start(id(), container.name(), Objects.requireNonNull(container.id()));
        boolean issued = round.issue(start, container.work, (outcome, mark, now) -> {
            if (outcome.failure() == null) done(container, outcome, mark, now);
            else failed(container, outcome.failure(), mark, now);
        });
        if (issued) begin.run();
    }

    private void done(ContainerRun container, Outcome outcome, long mark, Instant now) {
        container.work.succeeded(mark);
        container.observe(outcome.container(), now);
    }

    private void failed(ContainerRun container, Outcome.Failure failure, long mark, Instant now) {
        if (!container.work.failed(failure, mark, now)) fail(container, failure.reason(), now);
    }

    /** A container that is not essential fails alone; what depends on it will notice. */
    void fail(ContainerRun container, String why, Instant now) {
        if (stopping || container.hasEnded()) return;
        container.end(new ContainerRun.Ending(null, now, why));
        if (!container.definition.isEssential()) return;
        if (startedAt == null) failToStart(why);
        else stopByItself(ESSENTIAL_EXITED);
    }

    /** The checks that are made of it now. A task that stops needs none. */
    Stream<DueCheck> checks() {
        if (stopping) return Stream.empty();
        return containers.values().stream()
                .flatMap(container -> container.checks().map(check -> new DueCheck(this, container, check)));
    }

    /** A check with what it is about. */
    record DueCheck(TaskRun task, ContainerRun container, CheckRun check) {
        Instant at() {
            return check.dueAt();
        }

        void plan(Round round) {
            Container seen = container.seen();
            String own = seen == null ? null : seen.address();
            check.plan(task, container, own != null ? own : task.shared.address(), round);
        }
    }

    private void planStop(Round round) {
        List<ContainerRun> reverse = new ArrayList<>(containers.values());
        Collections.reverse(reverse);
        for (ContainerRun container : reverse)
            if (container.isAlive()
                    && StartRules.mayStop(container, containers)
                    && container.isReadyToStop(this, round)) stop(container, round);
        if (isStopped() || !containers.values().stream().allMatch(ContainerRun::isQuiet)) return;
        if (shared.endNetwork(this, round)) stoppedAt = round.now();
    }

    private void stop(ContainerRun container, Round round) {
        Action stop = new Action.Stop(
                id(),
                container.name(),
                Objects.requireNonNull(container.id()),
                Duration.ofSeconds(container.definition.stopTimeoutSeconds()));
        round.issue(stop, container.work, (outcome, mark, now) -> {
            if (outcome.failure() == null) done(container, outcome, mark, now);
            else container.work.failed(outcome.failure(), mark, now);
        });
    }

    /** Removes what is left of it in the runtime. @return whether nothing is */
    boolean remove(Images images, Round round) {
        boolean gone = shared.endNetwork(this, round);
        for (ContainerRun container : containers.values()) {
            if (container.work.isBusy() || container.work.isUncertain()) gone = false;
            else if (container.exists()) {
                remove(container, images, round);
                gone = false;
            }
        }
        return gone && shared.removeVolumes(this, round);
    }

    private void remove(ContainerRun container, Images images, Round round) {
        Action remove = new Action.Remove(id(), container.name(), Objects.requireNonNull(container.id()));
        round.issue(remove, container.work, (outcome, mark, now) -> {
            if (outcome.failure() != null) container.work.failed(outcome.failure(), mark, now);
            else {
                images.used(container.imageId(), now);
                container.work.succeeded(mark);
                container.observe(null, now);
            }
        });
    }

    /** Whether the runtime still holds something of it. */
    boolean hasContainers() {
        return containers.values().stream().anyMatch(ContainerRun::exists);
    }

    Set<String> namesOfBegun() {
        return containers.values().stream()
                .filter(ContainerRun::isBegun)
                .map(ContainerRun::name)
                .collect(Collectors.toSet());
    }

    Stream<String> imageIds() {
        return containers.values().stream().map(ContainerRun::imageId).filter(Objects::nonNull);
    }

    SharedParts shared() {
        return shared;
    }

    @Nullable
    StopCode stopCode() {
        return stopCode;
    }

    @Nullable
    String reason() {
        return reason;
    }

    @Nullable
    Instant pullStartedAt() {
        return pullStartedAt;
    }

    @Nullable
    Instant pullStoppedAt() {
        return pullStoppedAt;
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant stoppedAt() {
        return stoppedAt;
    }
}
