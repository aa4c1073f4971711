package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.action.ActionRunner;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.fake.FakeEngine;
import io.staithe.agent.container.fake.FakeRuntime;
import io.staithe.agent.container.fake.Operation;
import io.staithe.agent.container.fake.Program;
import io.staithe.agent.environment.EnvironmentFiles;
import io.staithe.agent.environment.HostValues;
import io.staithe.agent.environment.RegistryCredentialsFile;
import io.staithe.agent.environment.TaskAddresses;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDependency;
import io.staithe.core.model.ContainerDependency.Condition;
import io.staithe.core.model.ContainerReport.State;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** One host, its agent, an engine that fails and a control plane that comes and goes, under virtual time. */
final class RandomLife {
    private static final Operation[] FAILING = {Operation.CREATE, Operation.START, Operation.STOP, Operation.PULL};

    private final SplittableRandom random;
    private final FakeEngine engine = new FakeEngine(Stage.START);
    private final FakeRuntime runtime = new FakeRuntime(engine, Given.HOST);
    private final ActionRunner runner = new ActionRunner(
            runtime,
            new HostValues(EnvironmentFiles.NONE, TaskAddresses.NONE),
            RegistryCredentialsFile.NONE,
            PullBehavior.DEFAULT,
            Duration.ofMinutes(1));
    private final boolean losesMemory;
    private final boolean losesContainers;
    private final boolean losesAnswers;
    private final boolean restoresStore;

    private final RandomControlPlane controlPlane;

    // The agent, and what is on its way.
    private AgentLoop loop;
    private Checkpoint disk = Checkpoint.FIRST;
    private long incarnation = 1;
    private final List<Action> inFlight = new ArrayList<>();
    private final List<Runnable> arriving = new ArrayList<>();

    // What must be remembered to judge.
    private final Set<String> started = new HashSet<>();
    private final List<String> trace = new ArrayList<>();

    RandomLife(long seed) {
        random = new SplittableRandom(seed);
        controlPlane = new RandomControlPlane(random, this::say);
        losesMemory = random.nextBoolean();
        // A host that has lost both its memory and a container cannot know that the container was ever there.
        losesContainers = !losesMemory && random.nextBoolean();
        losesAnswers = random.nextBoolean();
        restoresStore = random.nextBoolean();
        engine.program("init", Program.exits(0, Duration.ofSeconds(3)));
        engine.program("flaky", Program.exits(1, Duration.ofSeconds(20)));
        engine.program("restarter", Program.exits(1, Duration.ofSeconds(70)));
        engine.missing("nowhere:1");
        loop = new AgentLoop(Given.HOST, incarnation, Limits.STANDARD, disk);
    }

    List<String> trace() {
        return trace;
    }

    /** Something happens; then everybody who noticed reacts. */
    void step() throws ContainerException {
        happen(random.nextInt(100));
        turn();
    }

    private void happen(int what) throws ContainerException {
        if (what < 12) controlPlane.newTask(loop);
        else if (what < 18) controlPlane.stopTask(loop);
        else if (what < 20) controlPlane.dropTask(loop);
        else if (what < 24) controlPlane.connect(loop, engine.now());
        else if (what < 26) controlPlane.disconnect();
        else if (what < 28) restart(losesMemory && random.nextInt(4) == 0);
        else if (what < 30) engine.faults().away(random.nextBoolean());
        else if (what < 33) fault();
        else if (what < 35) harm();
        else if (what < 36 && restoresStore) controlPlane.restore(loop, engine.now());
        else if (what < 60) finish();
        else if (what < 70) arrive();
        else if (what < 80) look();
        else pass(Duration.ofMillis(random.nextInt(1, 5000)));
    }

    private void restart(boolean lost) {
        say(lost ? "restart without memory" : "restart");
        controlPlane.disconnect();
        arriving.clear();
        for (Action action : inFlight) if (random.nextBoolean()) carryOut(action);
        inFlight.clear();
        if (lost) {
            incarnation++;
            disk = Checkpoint.LOST;
        }
        loop = new AgentLoop(Given.HOST, incarnation, Limits.STANDARD, disk);
    }

    private void fault() {
        Operation operation = FAILING[random.nextInt(FAILING.length)];
        if (losesAnswers && random.nextBoolean()) engine.faults().loseNextAnswer(operation);
        else engine.faults().refuseNext(operation, ContainerException.Code.TIMEOUT, "no answer");
    }

    private void harm() throws ContainerException {
        List<Container> all = truth();
        if (all.isEmpty()) return;
        Container victim = all.get(random.nextInt(all.size()));
        say("harm " + victim.name() + " of " + victim.task());
        if (losesContainers && random.nextBoolean()) honestly(() -> runtime.remove(victim.id()));
        else engine.crash(victim.id(), 9);
    }

    private void pass(Duration time) {
        engine.advanceTo(engine.now().plus(time));
    }

    private void look() throws ContainerException {
        if (engine.faults().isAway()) return;
        long mark = loop.mark();
        List<Container> shown = runtime.list();
        AgentLoop looking = loop;
        arriving.add(() -> {
            if (looking == loop) loop.observed(mark, shown, engine.now());
        });
    }

    private void arrive() {
        if (!arriving.isEmpty()) arriving.remove(0).run();
    }

    private void finish() {
        if (inFlight.isEmpty()) return;
        Action action = inFlight.remove(random.nextInt(inFlight.size()));
        loop.completed(action, carryOut(action), engine.now());
    }

    private void turn() {
        List<Action> actions = loop.next(engine.now());
        disk = loop.checkpoint();
        actions.forEach(action -> say("begin " + action.describe()));
        inFlight.addAll(actions);
        controlPlane.hear(loop.takeChangedReports());
        if (random.nextInt(10) == 0) controlPlane.tidy(loop);
        assertOneForEach();
    }

    private void assertOneForEach() {
        Set<String> things = new HashSet<>();
        for (Action action : inFlight) assertTrue(things.add(action.describe()), () -> "twice in flight: " + action);
    }

    private Outcome carryOut(Action action) {
        if (action instanceof Action.Start start) judge(start);
        if (action instanceof Action.Stop stop) judge(stop);
        Outcome outcome = runner.run(action);
        say(action.describe()
                + (outcome.failure() == null
                        ? ""
                        : " failed: " + outcome.failure().kind()));
        return outcome;
    }

    private void judge(Action.Start start) {
        List<Container> all = truth();
        Container container =
                all.stream().filter(c -> c.id().equals(start.id())).findFirst().orElse(null);
        if (container == null || container.isAlive() || engine.faults().isAway()) return;
        AssignedTask task = controlPlane.known(start.task());
        var definition = task.definition().container(start.container()).orElseThrow();
        if (definition.restartPolicy() == null) {
            assertEquals(Container.State.CREATED, container.state(), "started again: " + start);
            String name = start.task() + "/" + start.container();
            assertTrue(started.add(name + "/" + start.id()) || container.startedAt() == null, "started again: " + name);
            assertFalse(
                    started.stream().anyMatch(s -> s.startsWith(name + "/") && !s.endsWith(start.id())),
                    "another container of the same name was started before: " + name);
        }
        for (ContainerDependency dependency : definition.dependsOn())
            assertTrue(
                    all.stream()
                            .filter(c -> c.task().equals(start.task()))
                            .filter(c -> c.name().equals(dependency.containerName()))
                            .anyMatch(c -> c.startedAt() != null && holds(dependency.condition(), c)),
                    () -> start + " before " + dependency);
    }

    private static boolean holds(Condition condition, Container container) {
        return switch (condition) {
            case START, HEALTHY -> true;
            case COMPLETE, SUCCESS -> !container.isAlive();
        };
    }

    private void judge(Action.Stop stop) {
        if (!controlPlane.wants(stop.task())) return;
        boolean endedByItself = loop.reports().stream()
                .anyMatch(report -> report.task().equals(stop.task()) && report.reason() != null);
        assertTrue(endedByItself, () -> "stopped for no reason: " + stop);
    }

    /** What there is, whatever the engine answers to others. */
    private List<Container> truth() {
        List<Container> all = new ArrayList<>();
        honestly(() -> all.addAll(runtime.list()));
        return all;
    }

    private interface Call {
        void make() throws ContainerException;
    }

    private void honestly(Call call) {
        boolean away = engine.faults().isAway();
        engine.faults().away(false);
        try {
            call.make();
        } catch (ContainerException impossible) {
            throw new AssertionError(impossible);
        } finally {
            engine.faults().away(away);
        }
    }

    /** Nothing fails any more, and time passes: long enough for every grace and back-off. */
    void heal() throws ContainerException {
        engine.faults().away(false);
        controlPlane.connect(loop, engine.now());
        for (int second = 0; second < 900; second++) {
            pass(Duration.ofSeconds(1));
            do {
                while (!arriving.isEmpty()) arrive();
                while (!inFlight.isEmpty()) finish();
                turn();
            } while (!inFlight.isEmpty());
            look();
            controlPlane.tidy(loop);
        }
    }

    void assertAtRest() {
        for (AssignedTask task : controlPlane.wanted()) {
            TaskReport report = controlPlane.report(task.task());
            assertTrue(report != null, () -> "nothing is known of " + task.task());
            assertEquals(DesiredStatus.RUNNING, task.desiredStatus(), () -> "still not stopped: " + report);
            assertEquals(State.RUNNING, report.lastStatus(), report::toString);
        }
        for (Container container : truth())
            if (container.isAlive())
                assertTrue(controlPlane.hasAssigned(container.task()), () -> "nobody wants " + container);
        assertTrue(inFlight.isEmpty(), inFlight::toString);
    }

    private void say(String what) {
        trace.add(engine.now() + " " + what);
    }
}
