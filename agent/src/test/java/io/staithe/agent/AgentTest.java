package io.staithe.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.staithe.agent.action.ActionRunner;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.fake.FakeEngine;
import io.staithe.agent.container.fake.FakeRuntime;
import io.staithe.agent.container.fake.Program;
import io.staithe.agent.disk.DataFolder;
import io.staithe.agent.environment.EnvironmentFiles;
import io.staithe.agent.environment.HostValues;
import io.staithe.agent.environment.RegistryCredentialsFile;
import io.staithe.agent.session.ControlPlaneLink;
import io.staithe.agent.session.FakeGateway;
import io.staithe.agent.session.GatewayChannel;
import io.staithe.agent.session.Introduction;
import io.staithe.agent.session.Refused;
import io.staithe.agent.task.Given;
import io.staithe.agent.task.Limits;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import io.staithe.core.model.TaskReport;
import io.staithe.proto.v1.AgentMessage;
import io.staithe.proto.v1.AgentMessage.MessageCase;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.LogChunk;
import io.staithe.proto.v1.LogRequest;
import io.staithe.proto.v1.Refusal;
import io.staithe.proto.v1.Welcome;
import io.staithe.wire.Wire;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent, threads, disk and network included, on an engine in memory and a gateway on this machine. */
final class AgentTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path parent;

    private final FakeEngine engine = new FakeEngine(CLOCK.instant());
    private FakeGateway gateway;
    private ContainerRuntime runtime;
    private DataFolder folder;
    private Agent agent;
    private CompletableFuture<Refused> running;

    @BeforeEach
    void begin() throws IOException {
        gateway = new FakeGateway();
        start();
    }

    @AfterEach
    void end() throws Exception {
        stop();
        gateway.close();
    }

    @Test
    void runsWhatItIsAssignedAndReportsIt() throws Exception {
        FakeGateway.Stream stream = welcomed();
        assertTrue(stream.next(MessageCase.REPORTS).getReports().getFull());
        assign(stream, Given.full(Given.task(1, Given.container("web"))));
        awaitReport(stream, "RUNNING");
        engine.crash(containers().get(0).id(), 9);
        awaitReport(stream, "STOPPED");
    }

    @Test
    void adoptsWhatRunsAfterItsOwnRestart() throws Exception {
        FakeGateway.Stream stream = welcomed();
        assign(stream, Given.full(Given.task(1, Given.container("web"))));
        awaitReport(stream, "RUNNING");
        Container before = containers().get(0);
        stop();
        assertTrue(containers().get(0).isAlive(), "ending the agent ends nothing else");
        start();
        FakeGateway.Stream next = welcomed();
        TaskReport report =
                Wire.toRecord(next.next(MessageCase.REPORTS).getReports().getTasks(0), TaskReport.class);
        assertEquals(before.id(), report.containers().get(0).runtimeId());
        assertEquals(before.startedAt(), containers().get(0).startedAt());
    }

    @Test
    void startsNothingThatTheDiskDoesNotKnowOf() throws Exception {
        FakeGateway.Stream stream = welcomed();
        stream.next(MessageCase.REPORTS);
        Path inTheWay = Files.createDirectories(parent.resolve("host/checkpoint.new/x"));
        assign(stream, Given.full(Given.task(1, Given.container("web"))));
        stream.next(MessageCase.HEARTBEAT);
        stream.next(MessageCase.HEARTBEAT);
        assertTrue(containers().isEmpty());
        Files.delete(inTheWay);
        awaitReport(stream, "RUNNING");
    }

    @Test
    void sendsTheLogsOfATask() throws Exception {
        engine.program("web", new Program(null, 0, false, false, "hello"));
        FakeGateway.Stream stream = welcomed();
        assign(stream, Given.full(Given.task(1, Given.container("web"))));
        awaitReport(stream, "RUNNING");
        stream.say(GatewayMessage.newBuilder()
                .setLogRequest(LogRequest.newBuilder()
                        .setRequestId(5)
                        .setTask(Given.id(1).value()))
                .build());
        LogChunk line = stream.next(MessageCase.LOG).getLog();
        assertEquals("hello\n", line.getData().toStringUtf8());
        assertEquals("web", line.getContainer());
        assertTrue(stream.next(MessageCase.LOG).getLog().getEnd());
        stream.say(GatewayMessage.newBuilder()
                .setLogRequest(LogRequest.newBuilder()
                        .setRequestId(6)
                        .setTask(Given.id(2).value()))
                .build());
        assertEquals(
                "there is no such container on its host any more",
                stream.next(MessageCase.LOG).getLog().getError());
    }

    @Test
    void endsWhenItIsRefused() throws Exception {
        gateway.accept()
                .say(GatewayMessage.newBuilder()
                        .setRefusal(
                                Refusal.newBuilder().setCode(Refusal.Code.STALE).setMessage("newer"))
                        .build());
        assertEquals(new Refused(Refused.Why.STALE, "newer"), running.get(20, TimeUnit.SECONDS));
    }

    private void start() throws IOException {
        folder = DataFolder.open(parent.resolve("host"), new SecureRandom());
        InstanceId id = folder.identity().instance();
        runtime = oneAtATime(new FakeRuntime(engine, id));
        Introduction host = new Introduction(
                id,
                folder.identity().secret(),
                1,
                "1",
                "1",
                "default",
                "h",
                "127.0.0.1",
                new Resources(1024, 1024, 0),
                List.of(),
                List.of(),
                false);
        agent = new Agent(
                folder,
                Limits.STANDARD,
                runtime,
                new ActionRunner(
                        runtime,
                        new HostValues(EnvironmentFiles.NONE),
                        RegistryCredentialsFile.NONE,
                        PullBehavior.DEFAULT,
                        java.time.Duration.ofMinutes(1)),
                new Traffic(id, null, CLOCK),
                CLOCK,
                owner -> new ControlPlaneLink(
                        new GatewayChannel("127.0.0.1", gateway.port(), null), "token", host, owner, new Random(1)));
        running = new CompletableFuture<>();
        Agent started = agent;
        CompletableFuture<Refused> ending = running;
        new Thread(() -> {
                    try {
                        ending.complete(started.run());
                    } catch (Throwable failure) {
                        ending.completeExceptionally(failure);
                    }
                })
                .start();
    }

    private void stop() throws Exception {
        agent.end();
        running.get(20, TimeUnit.SECONDS);
        folder.close();
    }

    private FakeGateway.Stream welcomed() throws InterruptedException {
        FakeGateway.Stream stream = gateway.accept();
        stream.next(MessageCase.HELLO);
        stream.say(GatewayMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setEpoch("e")
                        .setHeartbeatInterval(Duration.newBuilder().setNanos(100_000_000)))
                .build());
        return stream;
    }

    private static void assign(FakeGateway.Stream stream, Assignment.Delta delta) {
        stream.say(
                GatewayMessage.newBuilder().setAssignment(Wire.toMessage(delta)).build());
    }

    private static void awaitReport(FakeGateway.Stream stream, String status) throws InterruptedException {
        Predicate<AgentMessage> fits = message -> message.getReports().getTasksList().stream()
                .anyMatch(report -> report.getLastStatus().equals(status));
        while (!fits.test(stream.next(MessageCase.REPORTS))) assertNotNull(stream);
    }

    private List<Container> containers() throws Exception {
        return runtime.list();
    }

    /** The engine in memory is for one thread; the agent has several. */
    private static ContainerRuntime oneAtATime(ContainerRuntime runtime) {
        return (ContainerRuntime) Proxy.newProxyInstance(
                AgentTest.class.getClassLoader(),
                new Class<?>[] {ContainerRuntime.class},
                (proxy, method, arguments) -> {
                    synchronized (runtime) {
                        try {
                            return method.invoke(runtime, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    }
                });
    }
}
