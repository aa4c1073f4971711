package io.staithe.agent.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.container.Container.State;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime.Subscription;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.MountPoint;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every container runtime does, whatever is behind it. */
public abstract class RuntimeContract {
    private static final String NO_SUCH_ID = "f".repeat(64);
    private static final Duration SOON = Duration.ofSeconds(5);

    protected final InstanceId owner = InstanceId.of(TaskSample.hex());
    protected ContainerRuntime runtime;

    /** A connection of this agent's to the engine that the test runs on; each opens the same engine. */
    protected abstract ContainerRuntime open(InstanceId owner) throws Exception;

    /** An image that is there and in no registry. */
    protected abstract String image();

    /** How to say what a container does: commands that {@link #image} understands. */
    protected abstract Programs programs();

    /** Lets time pass until it holds; fails after {@code within}. */
    protected abstract void await(String what, Duration within, Condition condition) throws Exception;

    protected interface Condition {
        boolean holds() throws Exception;
    }

    protected interface Programs {
        /** Until SIGTERM, then exit code 143. */
        List<String> run();

        List<String> exit(int code, int afterSeconds);

        List<String> ignoreTerm();

        List<String> outOfMemory();

        /** Takes connections, and answers HTTP. */
        List<String> listen(int port);

        /** Writes the line and runs on. */
        List<String> print(String line);
    }

    @BeforeEach
    void connect() throws Exception {
        runtime = open(owner);
    }

    @AfterEach
    void cleanUp() throws Exception {
        for (Container container : runtime.list()) runtime.remove(container.id());
        runtime.close();
    }

    @Test
    void tellsWhatTheHostHas() throws Exception {
        runtime.ping();
        RuntimeInfo info = runtime.info();
        assertTrue(info.cpus() >= 1);
        assertTrue(info.memoryMib() > 256);
        assertTrue(List.of("X86_64", "ARM64").contains(info.architecture()), info.architecture());
    }

    @Test
    void aContainerIsCreatedStartedStoppedAndRemoved() throws Exception {
        ContainerSpec spec = spec(web(programs().run()));

        String id = runtime.create(spec);
        Container created = only();
        assertEquals(id, created.id());
        assertEquals(State.CREATED, created.state());
        assertNull(created.startedAt());
        assertNull(created.exitCode());

        runtime.start(id);
        Container running = only();
        assertEquals(State.RUNNING, running.state());
        assertEquals("web", running.name());
        assertEquals(spec.task().task(), running.task());
        assertEquals(image(), running.image());
        assertNotNull(running.startedAt());
        assertNull(running.finishedAt());
        assertNotNull(running.pid());

        runtime.stop(id, SOON);
        Container stopped = only();
        assertEquals(State.EXITED, stopped.state());
        assertEquals(143, stopped.exitCode());
        assertNotNull(stopped.finishedAt());
        assertNull(stopped.pid());

        runtime.remove(id);
        assertEquals(List.of(), runtime.list());
        assertEquals(Optional.empty(), runtime.inspect(id));
    }

    @Test
    void doingItTwiceIsDoingItOnce() throws Exception {
        ContainerSpec spec = spec(web(programs().run()));
        String id = runtime.create(spec);
        assertEquals(id, runtime.create(spec));
        runtime.start(id);
        Container first = only();
        runtime.start(id);
        assertEquals(first.startedAt(), only().startedAt());
        runtime.kill(id);
        runtime.kill(id);
        runtime.stop(id, SOON);
        assertEquals(137, only().exitCode());
        runtime.remove(id);
        runtime.remove(id);
        runtime.stop(id, SOON);
        runtime.kill(id);
    }

    @Test
    void whatDoesNotExistCannotBeStarted() {
        ContainerException failure = assertThrows(ContainerException.class, () -> runtime.start(NO_SUCH_ID));
        assertEquals(Code.CANNOT_START, failure.code());
        assertTrue(failure.notFound());
        assertFalse(failure.isTransient());
        assertTrue(failure.getMessage().startsWith("CannotStartContainerError: "), failure.getMessage());
    }

    @Test
    void withoutItsImageAContainerCannotBeCreated() {
        ContainerSample container = new ContainerSample("web", "staithe.test/absent:1");
        ContainerException failure = assertThrows(ContainerException.class, () -> runtime.create(spec(container)));
        assertEquals(Code.CANNOT_CREATE, failure.code());
        assertTrue(failure.notFound());
    }

    @Test
    void anExitCodeIsKeptAndAnotherStartForgetsIt() throws Exception {
        String id = runtime.create(spec(web(programs().exit(3, 1))));
        runtime.start(id);
        awaitState(id, State.EXITED);
        assertEquals(3, only().exitCode());
        assertFalse(only().oomKilled());
        runtime.start(id);
        assertEquals(State.RUNNING, only().state());
        assertNull(only().exitCode());
        assertNull(only().finishedAt());
    }

    @Test
    void whatIgnoresTheFirstSignalIsKilled() throws Exception {
        String id = runtime.create(spec(web(programs().ignoreTerm())));
        runtime.start(id);
        runtime.stop(id, Duration.ofSeconds(1));
        assertEquals(State.EXITED, only().state());
        assertEquals(137, only().exitCode());
    }

    @Test
    void whoeverPassesTheMemoryLimitIsKilledForIt() throws Exception {
        String id = runtime.create(spec(web(programs().outOfMemory())));
        runtime.start(id);
        awaitState(id, State.EXITED);
        assertEquals(137, only().exitCode());
        assertTrue(only().oomKilled());
    }

    @Test
    void aPortWithoutAHostPortGetsOneWhileItRuns() throws Exception {
        ContainerSample web = web(programs().run());
        web.ports.add(PortMapping.tcp(8080, 0));
        web.ports.add(new PortMapping(5353, null, "udp", null, null, null));
        web.ports.add(new PortMapping(null, null, null, null, null, "9000-9001"));
        String id = runtime.create(spec(web));
        assertEquals(List.of(), only().networkBindings());
        runtime.start(id);
        List<NetworkBinding> bindings = only().networkBindings();
        assertEquals(
                List.of("5353/udp", "8080/tcp", "9000/tcp", "9001/tcp"),
                bindings.stream()
                        .map(binding -> binding.containerPort() + "/" + binding.protocol())
                        .sorted()
                        .toList());
        bindings.forEach(binding -> assertTrue(binding.hostPort() >= 1024, binding.toString()));
        runtime.kill(id);
        assertEquals(List.of(), only().networkBindings());
    }

    @Test
    void twoContainersCannotHaveTheSameHostPort() throws Exception {
        String first = runtime.create(spec(web(programs().run(), PortMapping.tcp(80, 0))));
        runtime.start(first);
        int taken = only().networkBindings().get(0).hostPort();
        String second = runtime.create(spec(web(programs().run(), PortMapping.tcp(80, taken))));
        ContainerException failure = assertThrows(ContainerException.class, () -> runtime.start(second));
        assertEquals(Code.CANNOT_START, failure.code());
        assertTrue(failure.getMessage().contains("port is already allocated"), failure.getMessage());
        assertEquals(State.CREATED, runtime.inspect(second).orElseThrow().state());
        runtime.remove(first);
        runtime.start(second);
    }

    @Test
    void onTheHostsNetworkTheContainersPortsAreTheHosts() throws Exception {
        TaskSample task = new TaskSample(owner);
        task.networkMode = NetworkMode.HOST;
        ContainerSample web = web(programs().run(), PortMapping.tcp(18_080, 0));
        runtime.start(runtime.create(new ContainerSpec(task.of(web), web.build())));
        assertEquals(List.of(new NetworkBinding("0.0.0.0", 18_080, 18_080, "tcp")), only().networkBindings());
    }

    @Test
    void aTaskWithANetworkOfItsOwnPublishesThroughItsHolder() throws Exception {
        TaskSample task = new TaskSample(owner);
        task.networkMode = NetworkMode.AWSVPC;
        ContainerSample web = web(programs().run(), PortMapping.tcp(8080, 0));
        TaskSpec spec = task.of(web);
        String holder = runtime.createNetworkHolder(spec);
        assertEquals(holder, runtime.createNetworkHolder(spec));
        Container seen = only();
        assertTrue(seen.isNetworkHolder());
        assertTrue(seen.isAlive());
        assertEquals(8080, seen.networkBindings().get(0).containerPort());
        String id = runtime.create(new ContainerSpec(spec, web.build()));
        runtime.start(id);
        Container running = runtime.inspect(id).orElseThrow();
        assertTrue(running.isAlive());
        assertEquals(List.of(), running.networkBindings());
        runtime.kill(holder);
        assertFalse(runtime.inspect(holder).orElseThrow().isAlive());
    }

    @Test
    void tasksWithNetworksOfTheirOwnMayHaveTheSamePort() throws Exception {
        for (int i = 0; i < 2; i++) {
            TaskSample task = new TaskSample(owner);
            task.networkMode = NetworkMode.AWSVPC;
            ContainerSample web = web(programs().run(), PortMapping.tcp(8080, 8080));
            runtime.createNetworkHolder(task.of(web));
        }
        List<Integer> ports = runtime.list().stream()
                .flatMap(holder -> holder.networkBindings().stream())
                .map(NetworkBinding::hostPort)
                .distinct()
                .toList();
        assertEquals(2, ports.size(), ports::toString);
    }

    @Test
    void labelsSayWhoseItIsAndCannotBeForged() throws Exception {
        ContainerSample web = web(programs().run());
        web.dockerLabels.put("team", "blue");
        web.dockerLabels.put(Labels.TASK, "forged");
        web.dockerLabels.put("io.staithe.anything", "forged");
        ContainerSpec spec = spec(web);
        runtime.create(spec);
        var labels = only().labels();
        assertEquals("blue", labels.get("team"));
        assertEquals(owner.value(), labels.get(Labels.AGENT));
        assertEquals(spec.task().task().value(), labels.get(Labels.TASK));
        assertEquals("web", labels.get(Labels.CONTAINER));
        assertEquals("default", labels.get(Labels.CLUSTER));
        assertEquals("contract:1", labels.get(Labels.TASK_DEFINITION));
        assertNull(labels.get("io.staithe.anything"));
    }

    @Test
    void anAgentThatComesBackFindsItsContainersAndOnlyThose() throws Exception {
        String id = runtime.create(spec(web(programs().run())));
        runtime.start(id);
        Container before = only();
        runtime.close();
        runtime = open(owner);
        Container after = only();
        assertEquals(before.id(), after.id());
        assertEquals(before.startedAt(), after.startedAt());
        assertEquals(before.pid(), after.pid());
        try (ContainerRuntime other = open(InstanceId.of(TaskSample.hex()))) {
            assertEquals(List.of(), other.list());
            assertEquals(Optional.empty(), other.inspect(id));
        }
    }

    @Test
    void outputIsReadFromItsStartItsEndAndAsItComes() throws Exception {
        String id = runtime.create(spec(web(programs().print("hello, world"))));
        runtime.start(id);
        Lines lines = new Lines();
        Subscription following = runtime.logs(id, new LogQuery(true, null, null), lines);
        await("the line", Duration.ofSeconds(10), () -> lines.texts().equals(List.of("hello, world")));
        assertFalse(lines.hasEnded());
        following.close();
        following.close();
        assertTrue(lines.hasEnded());
        assertNull(lines.failure());

        Lines last = new Lines();
        runtime.logs(id, new LogQuery(false, 1, null), last);
        await("the end", Duration.ofSeconds(10), last::hasEnded);
        assertEquals(List.of("hello, world"), last.texts());

        Lines none = new Lines();
        runtime.logs(id, new LogQuery(false, null, lines.lines().get(0).at().plusNanos(1)), none);
        await("the end", Duration.ofSeconds(10), none::hasEnded);
        assertEquals(List.of(), none.texts());
    }

    @Test
    void outputEndsWithTheContainer() throws Exception {
        String id = runtime.create(spec(web(programs().print("x"))));
        runtime.start(id);
        Lines lines = new Lines();
        runtime.logs(id, new LogQuery(true, null, null), lines);
        runtime.kill(id);
        await("the end", Duration.ofSeconds(10), lines::hasEnded);
        assertNull(lines.failure());
    }

    @Test
    void whatDoesNotExistHasNoOutput() throws Exception {
        Lines lines = new Lines();
        runtime.logs(NO_SUCH_ID, new LogQuery(true, null, null), lines);
        await("the end", Duration.ofSeconds(10), lines::hasEnded);
        assertNotNull(lines.failure());
        assertTrue(lines.failure().notFound());
    }

    @Test
    void aTasksVolumesAreMadeAndEndAfterItsContainers() throws Exception {
        TaskSample task = new TaskSample(owner);
        task.volumes.add(new Volume("data", null, null));
        ContainerSample web = web(programs().run());
        web.mounts.add(new MountPoint("data", "/data", null));
        TaskSpec spec = task.of(web);
        runtime.createVolume(spec, "data");
        runtime.createVolume(spec, "data");
        String id = runtime.create(new ContainerSpec(spec, web.build()));
        runtime.start(id);
        ContainerException failure = assertThrows(ContainerException.class, () -> runtime.removeVolumes(spec));
        assertEquals(Code.CANNOT_REMOVE_VOLUME, failure.code());
        runtime.remove(id);
        runtime.removeVolumes(spec);
        runtime.removeVolumes(spec);
    }

    @Test
    void healthIsUnknownUntilTheFirstCheck() throws Exception {
        ContainerSample web = web(programs().run());
        web.healthCheck = new HealthCheck(List.of("CMD", "true"), 5, 2, 1, null);
        String id = runtime.create(spec(web));
        runtime.start(id);
        assertEquals(HealthStatus.UNKNOWN, only().health());
        await("health", Duration.ofSeconds(20), () -> only().health() == HealthStatus.HEALTHY);
        runtime.kill(id);
        assertEquals(HealthStatus.UNKNOWN, only().health());
    }

    @Test
    void aCheckFromOutsideAsksTheContainerAtItsOwnAddress() throws Exception {
        String id = runtime.create(spec(web(programs().listen(8080))));
        assertNull(only().address());
        runtime.start(id);
        String address = only().address();
        assertNotNull(address);
        await("an open port", SOON, () -> runtime.check(id, address, check("TCP", "8080"))
                .passed());
        assertEquals(Finding.PASSED, runtime.check(id, address, check("HTTP", "8080", "/index.html")));
        assertEquals(
                "the container has no address",
                runtime.check(id, null, check("TCP", "8080")).detail());
        runtime.kill(id);
        assertFalse(runtime.check(id, address, check("TCP", "8080")).passed());
    }

    @Test
    void aCheckInsideRunsItsCommandInTheContainer() throws Exception {
        String id = runtime.create(spec(web(programs().run())));
        runtime.start(id);
        String address = only().address();
        assertEquals(
                Finding.PASSED, runtime.check(id, address, inside(programs().exit(0, 0))));
        assertEquals(
                Finding.failed("exited with 3"),
                runtime.check(id, address, inside(programs().exit(3, 0))));
        HealthCheck gone = inside(programs().exit(0, 0));
        ContainerException failure =
                assertThrows(ContainerException.class, () -> runtime.check(NO_SUCH_ID, null, gone));
        assertTrue(failure.notFound());
    }

    @Test
    void aProgramInsideIsWaitedForAndNotForEver() throws Exception {
        String id = runtime.create(spec(web(programs().run())));
        assertThrows(ContainerException.class, () -> runtime.exec(id, programs().exit(0, 0), SOON));
        runtime.start(id);
        assertEquals(Finding.PASSED, runtime.exec(id, programs().exit(0, 0), SOON));
        assertEquals(
                Finding.failed("exited with 3"), runtime.exec(id, programs().exit(3, 0), SOON));
        assertEquals(
                Finding.failed("has not ended within 1 s"),
                runtime.exec(id, programs().ignoreTerm(), Duration.ofSeconds(1)));
        assertTrue(only().isAlive());
    }

    private static HealthCheck inside(List<String> program) {
        List<String> command = new ArrayList<>(program);
        command.add(0, "CMD");
        return check(command.toArray(String[]::new));
    }

    private static HealthCheck check(String... command) {
        return new HealthCheck(List.of(command), 5, 2, null, null);
    }

    @Test
    void eventsTellThatSomethingMayHaveChanged() throws Exception {
        AtomicInteger dirty = new AtomicInteger();
        Subscription events = runtime.events(dirty::incrementAndGet);
        await("the first mark", SOON, () -> dirty.get() > 0);
        String id = runtime.create(spec(web(programs().run())));
        awaitMarkAfter(dirty, () -> runtime.start(id));
        awaitMarkAfter(dirty, () -> runtime.kill(id));
        events.close();
    }

    @Test
    void whatWasBuiltHereIsNotPulled() throws Exception {
        Image image = runtime.pull(
                new PullRequest(image(), null, PullBehavior.DEFAULT, SOON), ContainerRuntime.PullProgress.IGNORED);
        assertNull(image.digest());
        assertEquals(Optional.of(image.id()), runtime.image(image()).map(Image::id));
        assertTrue(
                runtime.listImages().stream().anyMatch(one -> one.references().contains(image())));
    }

    @Test
    void anImageInUseIsNotRemoved() throws Exception {
        runtime.create(spec(web(programs().run())));
        assertFalse(runtime.removeImage(image()));
        assertTrue(runtime.removeImage("staithe.test/absent:1"));
    }

    @Test
    void namesFollowFromTaskAndContainerOnly() throws Exception {
        TaskSample task = new TaskSample(owner);
        ContainerSample a = new ContainerSample("a", image());
        ContainerSample b = new ContainerSample("b", image());
        a.command = programs().run();
        b.command = programs().run();
        TaskSpec spec = task.of(a, b);
        String first = runtime.create(new ContainerSpec(spec, a.build()));
        assertNotEquals(first, runtime.create(new ContainerSpec(spec, b.build())));
        assertEquals(first, runtime.create(new ContainerSpec(spec, a.build())));
        try (ContainerRuntime other = open(InstanceId.of(TaskSample.hex()))) {
            TaskSpec foreign = new TaskSpec(
                    InstanceId.of(TaskSample.hex()), spec.task(), spec.cluster(), spec.definition(), spec.overrides());
            ContainerException failure =
                    assertThrows(ContainerException.class, () -> other.create(new ContainerSpec(foreign, a.build())));
            assertEquals(Code.CANNOT_CREATE, failure.code());
        }
    }

    protected ContainerSample web(List<String> command, PortMapping... ports) {
        ContainerSample web = new ContainerSample("web", image());
        web.command = command;
        web.ports.addAll(List.of(ports));
        return web;
    }

    /** In a task of its own. */
    protected ContainerSpec spec(ContainerSample container) {
        return new ContainerSpec(new TaskSample(owner).of(container), container.build());
    }

    protected Container only() throws ContainerException {
        List<Container> all = runtime.list();
        assertEquals(1, all.size(), all.toString());
        return all.get(0);
    }

    protected void awaitState(String id, State state) throws Exception {
        await(
                state.name(),
                Duration.ofSeconds(30),
                () -> runtime.inspect(id).orElseThrow().state() == state);
    }

    private void awaitMarkAfter(AtomicInteger dirty, Action action) throws Exception {
        int before = dirty.get();
        action.run();
        await("a mark", SOON, () -> dirty.get() > before);
    }

    private interface Action {
        void run() throws Exception;
    }
}
