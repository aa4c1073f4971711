package io.staithe.agent.task;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.Finding;
import io.staithe.agent.container.Image;
import io.staithe.agent.task.Outcome.Failure.Kind;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A host on which every action succeeds at once, unless a test says otherwise; and the loop that is tested. */
final class Stage {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** Of every image. */
    static final String DIGEST = "sha256:" + "1".repeat(64);

    final List<String> log = new ArrayList<>();
    /** By container, the image that it was created from. */
    final Map<String, String> createdFrom = new HashMap<>();

    final List<TaskReport> sent = new ArrayList<>();
    final Map<String, Container> containers = new LinkedHashMap<>();
    final List<Action> held = new ArrayList<>();
    final List<Image> images = new ArrayList<>();
    AgentLoop loop;
    Instant now = START;
    private Predicate<Action> hold = action -> false;
    private final Map<String, Outcome> failures = new LinkedHashMap<>();
    /** Why a check or what runs before a stop fails, by container and command. */
    final Map<String, String> failing = new LinkedHashMap<>();

    private final Performer performer = new Performer();

    Stage() {
        this(Limits.STANDARD);
    }

    Stage(Limits limits) {
        loop = new AgentLoop(Given.HOST, 1, limits, Checkpoint.FIRST);
        loop.welcome("epoch-1", now);
        look();
    }

    /** The agent's process ends and another one begins, with this checkpoint. */
    Stage restart(Checkpoint checkpoint) {
        held.clear();
        loop = new AgentLoop(Given.HOST, checkpoint.equals(Checkpoint.LOST) ? 2 : 1, Limits.STANDARD, checkpoint);
        return this;
    }

    Stage welcome(String epoch) {
        loop.welcome(epoch, now);
        return this;
    }

    Stage assign(Assignment.Delta delta) {
        loop.assign(delta);
        return settle();
    }

    Stage look() {
        loop.observed(loop.mark(), List.copyOf(containers.values()), now);
        return settle();
    }

    Stage pass(Duration time) {
        now = now.plus(time);
        return settle();
    }

    /** Actions that this accepts stay in flight until {@link #release}. */
    Stage hold(Predicate<Action> which) {
        hold = which;
        return this;
    }

    Stage hold(Class<? extends Action> kind) {
        return hold(kind::isInstance);
    }

    Stage release() {
        hold = action -> false;
        List<Action> ending = List.copyOf(held);
        held.clear();
        for (Action action : ending) loop.completed(action, action.accept(performer), now);
        return settle();
    }

    /** Actions whose description starts with this fail until {@link #mend}. */
    Stage fail(String description, Kind kind, String reason) {
        failures.put(description, Outcome.failed(kind, reason));
        return this;
    }

    Stage mend() {
        failures.clear();
        return settle();
    }

    /** Carries out everything until there is nothing left to do now. */
    Stage settle() {
        for (int rounds = 0; rounds < 1000; rounds++) {
            List<Action> actions = loop.next(now);
            sent.addAll(loop.takeChangedReports());
            if (actions.isEmpty()) return this;
            for (Action action : actions) begin(action);
        }
        throw new AssertionError("it never comes to rest: " + log.subList(log.size() - 10, log.size()));
    }

    private void begin(Action action) {
        if (hold.test(action)) held.add(action);
        else loop.completed(action, outcome(action), now);
    }

    private Outcome outcome(Action action) {
        Optional<Outcome> failure = failures.entrySet().stream()
                .filter(entry -> action.describe().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        failure.ifPresent(outcome -> log.add("failed to " + shortly(action)));
        return failure.orElseGet(() -> action.accept(performer));
    }

    private static String shortly(Action action) {
        return action.describe().replaceAll(" of task .*", "");
    }

    TaskReport report(int task) {
        for (int i = sent.size() - 1; i >= 0; i--) if (sent.get(i).task().equals(Given.id(task))) return sent.get(i);
        throw new AssertionError("no report of task " + task);
    }

    Container container(int task, String name) {
        return containers.get(key(Given.id(task), name));
    }

    Stage exits(int task, String name, int exitCode) {
        return change(task, name, Container.State.EXITED, exitCode, HealthStatus.UNKNOWN);
    }

    Stage turns(int task, String name, HealthStatus health) {
        return change(task, name, Container.State.RUNNING, null, health);
    }

    private Stage change(int task, String name, Container.State state, Integer exitCode, HealthStatus health) {
        Container before = container(task, name);
        put(before.task(), name, state, exitCode, health, before.startedAt());
        return look();
    }

    Stage vanishes(int task, String name) {
        containers.remove(key(Given.id(task), name));
        return look();
    }

    private static String key(TaskId task, String name) {
        return "c-" + task.value().replaceFirst("^0+", "") + "-" + name;
    }

    private Container put(
            TaskId task, String name, Container.State state, Integer exitCode, HealthStatus health, Instant startedAt) {
        Container container = new Container(
                key(task, name),
                task,
                name,
                "app:1",
                "image-of-app:1",
                state,
                exitCode,
                false,
                null,
                health,
                state == Container.State.RUNNING ? "10.0.0.1" : null,
                List.of(),
                Map.of(),
                null,
                START,
                startedAt,
                state == Container.State.EXITED ? now : null);
        containers.put(container.id(), container);
        return container;
    }

    private final class Performer implements Action.Visitor<Outcome> {
        @Override
        public Outcome pull(Action.Pull action) {
            log.add("pull " + action.reference());
            return Outcome.image(
                    new Image("image-of-" + action.reference(), List.of(action.reference()), DIGEST, 1, START));
        }

        @Override
        public Outcome createVolume(Action.CreateVolume action) {
            log.add("create volume " + action.volume());
            return Outcome.DONE;
        }

        @Override
        public Outcome createNetworkHolder(Action.CreateNetworkHolder action) {
            log.add("create network");
            return Outcome.container(put(
                    action.task().task(),
                    Container.NETWORK_HOLDER,
                    Container.State.RUNNING,
                    null,
                    HealthStatus.UNKNOWN,
                    now));
        }

        @Override
        public Outcome create(Action.Create action) {
            String name = action.container().name();
            log.add("create " + name);
            createdFrom.put(name, action.container().image());
            Container there = containers.get(key(action.task().task(), name));
            if (there != null) return Outcome.container(there);
            return Outcome.container(
                    put(action.task().task(), name, Container.State.CREATED, null, HealthStatus.UNKNOWN, null));
        }

        @Override
        public Outcome start(Action.Start action) {
            log.add("start " + action.container());
            return Outcome.container(
                    put(action.task(), action.container(), Container.State.RUNNING, null, HealthStatus.UNKNOWN, now));
        }

        @Override
        public Outcome check(Action.Check action) {
            String what =
                    action.container() + " " + String.join(" ", action.check().command());
            log.add("check " + what);
            return Outcome.found(failing.containsKey(what) ? Finding.failed(failing.get(what)) : Finding.PASSED);
        }

        @Override
        public Outcome runPreStop(Action.RunPreStop action) {
            String what = action.container() + " " + String.join(" ", action.command());
            log.add("run " + what);
            return Outcome.found(failing.containsKey(what) ? Finding.failed(failing.get(what)) : Finding.PASSED);
        }

        @Override
        public Outcome stop(Action.Stop action) {
            log.add("stop " + action.container());
            Container before = containers.get(action.id());
            if (before == null) return Outcome.DONE;
            return Outcome.container(put(
                    action.task(),
                    action.container(),
                    Container.State.EXITED,
                    143,
                    HealthStatus.UNKNOWN,
                    before.startedAt()));
        }

        @Override
        public Outcome remove(Action.Remove action) {
            log.add("remove " + action.container());
            containers.remove(action.id());
            return Outcome.DONE;
        }

        @Override
        public Outcome removeVolumes(Action.RemoveVolumes action) {
            log.add("remove volumes");
            return Outcome.DONE;
        }

        @Override
        public Outcome listImages(Action.ListImages action) {
            return Outcome.images(images);
        }

        @Override
        public Outcome removeImage(Action.RemoveImage action) {
            log.add("remove image " + action.id());
            images.removeIf(image -> image.id().equals(action.id()));
            return Outcome.DONE;
        }
    }
}
