package io.staithe.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.container.fake.FakeEngine;
import io.staithe.agent.session.FakeGateway;
import io.staithe.agent.task.Given;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.Item;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Action;
import io.staithe.core.model.Listener;
import io.staithe.core.model.TargetGroup;
import io.staithe.loadbalancer.FakeTraffic;
import io.staithe.proto.v1.AgentMessage;
import io.staithe.proto.v1.AgentMessage.MessageCase;
import io.staithe.proto.v1.Reports;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent in the edge role says of its targets, above all after its own restart. */
final class EdgeAgentTest {
    private static final TargetGroup WEB =
            new TargetGroup("web", "HTTP", null, "/", 5, 1, 2, 2, "200", 300, null, List.of(), Instant.EPOCH);
    private static final Target TARGET = new Target(Given.id(1), "web", "app", 80, "10.0.0.1", 80, false);

    @TempDir
    Path parent;

    private final FakeEngine engine = new FakeEngine(AgentProcess.CLOCK.instant());
    private final FakeTraffic proxy = new FakeTraffic(AgentProcess.CLOCK);
    private FakeGateway gateway;
    private AgentProcess agent;

    @BeforeEach
    void begin() throws Exception {
        gateway = new FakeGateway();
        agent = new AgentProcess(parent, engine, proxy, gateway);
    }

    @AfterEach
    void end() throws Exception {
        agent.stop();
        gateway.close();
    }

    @Test
    void saysNothingOfAllTargetsBeforeItKnowsWhatToCarry() throws Exception {
        FakeGateway.Stream stream = gateway.welcome();
        assertNothingIsReported(stream);
        stream.assign(new Assignment.Delta(true, List.of(), List.of()));
        next(stream, Reports::getFull);
    }

    @Test
    void takesNoTargetBackByItsOwnRestart() throws Exception {
        proxy.backend("10.0.0.1", 80, FakeTraffic.Backend.ANSWERS);
        FakeGateway.Stream stream = gateway.welcome();
        stream.assign(new Assignment.Delta(
                true,
                List.of(
                        new Item.Listen(new Listener("edge", 8080, "HTTP", Action.forward("web"), List.of())),
                        new Item.Group(WEB),
                        new Item.SendTo(TARGET)),
                List.of()));
        next(stream, EdgeAgentTest::isHealthy);
        agent.stop();
        proxy.hang(true);
        agent = new AgentProcess(parent, engine, proxy, gateway);
        FakeGateway.Stream next = gateway.welcome();
        assertNothingIsReported(next);
        proxy.hang(false);
        Reports all = next(next, Reports::getFull);
        assertEquals(1, all.getTargetsCount());
        assertTrue(isHealthy(all), all.toString());
    }

    private static boolean isHealthy(Reports reports) {
        return reports.getTargetsList().stream()
                .anyMatch(target -> target.getState().equals("HEALTHY"));
    }

    private static Reports next(FakeGateway.Stream stream, Predicate<Reports> wanted) throws InterruptedException {
        while (true) {
            Reports reports = stream.next(MessageCase.REPORTS).getReports();
            if (wanted.test(reports)) return reports;
        }
    }

    /** While it says five times that it is there. */
    private static void assertNothingIsReported(FakeGateway.Stream stream) throws InterruptedException {
        for (int beats = 0; beats < 5; ) {
            AgentMessage message = stream.next();
            assertFalse(message.hasReports(), message.toString());
            if (message.hasHeartbeat()) beats++;
        }
    }
}
