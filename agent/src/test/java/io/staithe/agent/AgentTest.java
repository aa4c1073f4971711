package io.staithe.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.fake.FakeEngine;
import io.staithe.agent.container.fake.Program;
import io.staithe.agent.session.FakeGateway;
import io.staithe.agent.session.Refused;
import io.staithe.agent.task.Given;
import io.staithe.core.model.TaskReport;
import io.staithe.proto.v1.AgentMessage;
import io.staithe.proto.v1.AgentMessage.MessageCase;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.LogChunk;
import io.staithe.proto.v1.LogRequest;
import io.staithe.proto.v1.Refusal;
import io.staithe.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentTest {
    @TempDir
    Path parent;

    private final FakeEngine engine = new FakeEngine(AgentProcess.CLOCK.instant());
    private FakeGateway gateway;
    private AgentProcess agent;

    @BeforeEach
    void begin() throws IOException {
        gateway = new FakeGateway();
        start();
    }

    @AfterEach
    void end() throws Exception {
        agent.stop();
        gateway.close();
    }

    @Test
    void runsWhatItIsAssignedAndReportsIt() throws Exception {
        FakeGateway.Stream stream = gateway.welcome();
        assertTrue(stream.next(MessageCase.REPORTS).getReports().getFull());
        stream.assign(Given.full(Given.task(1, Given.container("web"))));
        awaitReport(stream, "RUNNING");
        engine.crash(containers().get(0).id(), 9);
        awaitReport(stream, "STOPPED");
    }

    @Test
    void adoptsWhatRunsAfterItsOwnRestart() throws Exception {
        FakeGateway.Stream stream = gateway.welcome();
        stream.assign(Given.full(Given.task(1, Given.container("web"))));
        awaitReport(stream, "RUNNING");
        Container before = containers().get(0);
        agent.stop();
        assertTrue(containers().get(0).isAlive(), "ending the agent ends nothing else");
        start();
        FakeGateway.Stream next = gateway.welcome();
        TaskReport report =
                Wire.toRecord(next.next(MessageCase.REPORTS).getReports().getTasks(0), TaskReport.class);
        assertEquals(before.id(), report.containers().get(0).runtimeId());
        assertEquals(before.startedAt(), containers().get(0).startedAt());
    }

    @Test
    void startsNothingThatTheDiskDoesNotKnowOf() throws Exception {
        FakeGateway.Stream stream = gateway.welcome();
        stream.next(MessageCase.REPORTS);
        Path inTheWay = Files.createDirectories(parent.resolve("host/checkpoint.new/x"));
        stream.assign(Given.full(Given.task(1, Given.container("web"))));
        stream.next(MessageCase.HEARTBEAT);
        stream.next(MessageCase.HEARTBEAT);
        assertTrue(containers().isEmpty());
        Files.delete(inTheWay);
        awaitReport(stream, "RUNNING");
    }

    @Test
    void sendsTheLogsOfATask() throws Exception {
        engine.program("web", new Program(null, 0, false, false, "hello"));
        FakeGateway.Stream stream = gateway.welcome();
        stream.assign(Given.full(Given.task(1, Given.container("web"))));
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
        assertEquals(new Refused(Refused.Why.STALE, "newer"), agent.ended.get(20, TimeUnit.SECONDS));
    }

    private void start() throws IOException {
        agent = new AgentProcess(parent, engine, null, gateway);
    }

    private static void awaitReport(FakeGateway.Stream stream, String status) throws InterruptedException {
        Predicate<AgentMessage> fits = message -> message.getReports().getTasksList().stream()
                .anyMatch(report -> report.getLastStatus().equals(status));
        while (!fits.test(stream.next(MessageCase.REPORTS))) assertNotNull(stream);
    }

    private List<Container> containers() throws Exception {
        return agent.runtime.list();
    }
}
