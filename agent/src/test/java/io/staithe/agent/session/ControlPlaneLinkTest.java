package io.staithe.agent.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import io.staithe.core.model.TaskId;
import io.staithe.proto.v1.AgentMessage.MessageCase;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.Hello;
import io.staithe.proto.v1.LogCancel;
import io.staithe.proto.v1.LogChunk;
import io.staithe.proto.v1.LogRequest;
import io.staithe.proto.v1.Refusal;
import io.staithe.proto.v1.Welcome;
import io.staithe.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent's side of the stream, against a gateway on this machine. */
final class ControlPlaneLinkTest {
    private static final TaskId TASK = TaskId.of("b".repeat(32));

    private final Inbox inbox = new Inbox();
    private FakeGateway gateway;
    private ControlPlaneLink link;

    @BeforeEach
    void connect() throws IOException {
        gateway = new FakeGateway();
        link = link(gateway.port());
        link.start();
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        link.close();
        gateway.close();
    }

    @Test
    void introducesItsHostWithTheTokenInTheMetadata() throws InterruptedException {
        FakeGateway.Stream stream = gateway.accept();
        Hello hello = stream.next().getHello();
        assertEquals("Bearer join-token", stream.authorization);
        assertEquals(1, hello.getProtocolVersion());
        assertEquals("a".repeat(32), hello.getInstanceId());
        assertEquals("host-secret", hello.getInstanceSecret());
        assertEquals(3, hello.getIncarnation());
        assertEquals(2048, hello.getResources().getMemory());
        assertEquals(22, hello.getReservedPorts(0).getPort());
        assertEquals("rack", hello.getAttributes(0).getName());
        assertTrue(hello.getEdge());
    }

    @Test
    void passesOnWhatTheGatewaySays() throws InterruptedException {
        FakeGateway.Stream stream = welcomed();
        assertEquals("welcomed epoch-1", inbox.next());
        stream.say(GatewayMessage.newBuilder()
                .setAssignment(Wire.toMessage(new Assignment.Delta(true, List.of(), List.of())))
                .build());
        assertEquals("assigned full=true", inbox.next());
        stream.say(GatewayMessage.newBuilder()
                .setLogRequest(LogRequest.newBuilder().setRequestId(7).setTask(TASK.value()))
                .build());
        assertEquals("log 7", inbox.next());
        assertNull(inbox.order.container());
        assertNull(inbox.order.tailLines());
        stream.say(GatewayMessage.newBuilder()
                .setLogCancel(LogCancel.newBuilder().setRequestId(7))
                .build());
        assertEquals("log cancelled 7", inbox.next());
    }

    @Test
    void sendsHeartbeatsAsOftenAsItIsAsked() throws InterruptedException {
        FakeGateway.Stream stream = welcomed();
        assertTrue(stream.next(MessageCase.HEARTBEAT).getHeartbeat().getRuntimeHealthy());
        inbox.runtimeHealthy = false;
        while (stream.next(MessageCase.HEARTBEAT).getHeartbeat().getRuntimeHealthy())
            assertFalse(stream.received.size() > 100);
    }

    @Test
    void sendsReportsOnlyWithinASession() throws InterruptedException {
        FakeGateway.Stream stream = gateway.accept();
        link.report(true, List.of(), List.of(), List.of());
        stream.next(MessageCase.HELLO);
        stream.say(welcome());
        assertEquals("welcomed epoch-1", inbox.next());
        link.report(false, List.of(), List.of(), List.of("gone"));
        assertEquals(
                List.of("gone"), stream.next(MessageCase.REPORTS).getReports().getRemovedTargetsList());
    }

    @Test
    void opensAnotherSessionWhenOneBreaks() throws InterruptedException {
        welcomed().fail(Status.UNAVAILABLE.withDescription("shutting down"));
        assertEquals("welcomed epoch-1", inbox.next());
        assertEquals("disconnected UNAVAILABLE: shutting down", inbox.next());
        welcomed().end();
        assertEquals("welcomed epoch-1", inbox.next());
        assertEquals("disconnected the gateway closed the session", inbox.next());
        assertNotNull(gateway.accept());
    }

    @Test
    void waitsForAControlPlaneThatIsAway() throws InterruptedException, IOException {
        welcomed();
        assertEquals("welcomed epoch-1", inbox.next());
        int port = gateway.port();
        gateway.close();
        assertTrue(inbox.next().startsWith("disconnected"));
        assertTrue(inbox.next().startsWith("disconnected"));
        gateway = new FakeGateway(port);
        assertEquals("Bearer join-token", gateway.accept().authorization);
    }

    @ParameterizedTest
    @CsvSource({"VERSION", "CREDENTIALS", "STALE"})
    void endsWhenItIsRefusedForGood(Refusal.Code code) throws InterruptedException {
        gateway.accept().say(refusal(code));
        assertEquals("refused " + code + ": no", inbox.next());
        assertTrue(gateway.isQuietFor(java.time.Duration.ofMillis(600)));
    }

    @ParameterizedTest
    @CsvSource({"BUSY", "INVALID"})
    void comesAgainWhenItIsRefusedForNow(Refusal.Code code) throws InterruptedException {
        gateway.accept().say(refusal(code));
        assertEquals("disconnected refused: no", inbox.next());
        assertNotNull(gateway.accept());
    }

    @Test
    void aStatusAboutCredentialsIsARefusal() throws InterruptedException {
        gateway.accept().fail(Status.UNAUTHENTICATED.withDescription("bad token"));
        assertEquals("refused CREDENTIALS: bad token", inbox.next());
    }

    @Test
    void whatCannotBeEndsTheSession() throws InterruptedException {
        FakeGateway.Stream stream = welcomed();
        assertEquals("welcomed epoch-1", inbox.next());
        stream.say(GatewayMessage.newBuilder()
                .setLogRequest(LogRequest.newBuilder().setTask("../etc"))
                .build());
        assertTrue(inbox.next().startsWith("disconnected the gateway sent something that cannot be"));
        assertNotNull(gateway.accept());
    }

    @Test
    void anOwnerThatCannotKeepUpStartsOver() throws InterruptedException {
        welcomed();
        assertEquals("welcomed epoch-1", inbox.next());
        link.startOver("inbox full");
        assertEquals("disconnected inbox full", inbox.next());
        assertNotNull(gateway.accept());
    }

    @Test
    void logsWaitForASlowReaderAndGiveUp() throws InterruptedException {
        FakeGateway.Stream stream = welcomed();
        assertEquals("welcomed epoch-1", inbox.next());
        stream.stopReading();
        String line = "x".repeat(10_000);
        int sent = 0;
        while (sent < 10_000 && link.log(7, "web", false, line, java.time.Duration.ofMillis(200))) sent++;
        assertTrue(sent < 10_000, "nothing bounds what is unsent");
    }

    @Test
    void logsArriveInOrderAndEnd() throws InterruptedException {
        FakeGateway.Stream stream = welcomed();
        assertEquals("welcomed epoch-1", inbox.next());
        assertTrue(link.log(7, "web", true, "hello", FakeGateway.PATIENCE));
        link.endOfLog(7, "no such container");
        LogChunk first = stream.next(MessageCase.LOG).getLog();
        assertEquals("hello\n", first.getData().toStringUtf8());
        assertEquals("stderr", first.getStream());
        LogChunk last = stream.next(MessageCase.LOG).getLog();
        assertTrue(last.getEnd());
        assertEquals("no such container", last.getError());
    }

    private FakeGateway.Stream welcomed() throws InterruptedException {
        FakeGateway.Stream stream = gateway.accept();
        stream.next(MessageCase.HELLO);
        stream.say(welcome());
        return stream;
    }

    private static GatewayMessage welcome() {
        return GatewayMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setEpoch("epoch-1")
                        .setHeartbeatInterval(Duration.newBuilder().setNanos(100_000_000)))
                .build();
    }

    private static GatewayMessage refusal(Refusal.Code code) {
        return GatewayMessage.newBuilder()
                .setRefusal(Refusal.newBuilder().setCode(code).setMessage("no"))
                .build();
    }

    private ControlPlaneLink link(int port) {
        Introduction host = new Introduction(
                InstanceId.of("a".repeat(32)),
                "host-secret",
                3,
                "1.0",
                "20.10",
                "default",
                "h1",
                "127.0.0.1",
                new Resources(2048, 2048, 0),
                List.of(new HostPort("tcp", 22)),
                List.of(new Attribute("rack", "r1")),
                true);
        return new ControlPlaneLink(
                new GatewayChannel("127.0.0.1", port, null), "join-token", host, inbox, new Random(1));
    }

    /** What the agent's shell would hear, in order. */
    private static final class Inbox implements ControlPlaneLink.Owner {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        volatile boolean runtimeHealthy = true;
        volatile LogOrder order;

        String next() throws InterruptedException {
            String next = heard.poll(FakeGateway.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) throw new AssertionError("nothing happens");
            return next;
        }

        @Override
        public void welcomed(String epoch, ArnScope scope) {
            heard.add("welcomed " + epoch);
        }

        @Override
        public void assigned(Assignment.Delta delta) {
            heard.add("assigned full=" + delta.full());
        }

        @Override
        public void logOrdered(LogOrder ordered) {
            order = ordered;
            heard.add("log " + ordered.id());
        }

        @Override
        public void logCancelled(long id) {
            heard.add("log cancelled " + id);
        }

        @Override
        public boolean isRuntimeHealthy() {
            return runtimeHealthy;
        }

        @Override
        public void disconnected(String why, java.time.Duration pause) {
            heard.add("disconnected " + why);
        }

        @Override
        public void refused(Refused refused) {
            heard.add("refused " + refused.why() + ": " + refused.message());
        }
    }
}
