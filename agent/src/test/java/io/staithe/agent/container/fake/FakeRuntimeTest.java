package io.staithe.agent.container.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.container.ContainerRuntime.PullProgress;
import io.staithe.agent.container.Image;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.PullRequest;
import io.staithe.agent.container.RuntimeContract;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract, and fails as it is told. */
final class FakeRuntimeTest extends RuntimeContract {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final String IMAGE = "staithe.test/contract:1";

    private final FakeEngine engine = new FakeEngine(START);

    @Override
    protected ContainerRuntime open(InstanceId agent) {
        engine.build(IMAGE);
        return new FakeRuntime(engine, agent);
    }

    @Override
    protected String image() {
        return IMAGE;
    }

    @Override
    protected void await(String what, Duration within, Condition condition) throws Exception {
        Instant end = engine.now().plus(within);
        while (!condition.holds()) {
            if (engine.now().isAfter(end)) fail("not within " + within + ": " + what);
            engine.advanceTo(engine.now().plusSeconds(1));
        }
    }

    @Override
    protected Programs programs() {
        return new Programs() {
            @Override
            public List<String> run() {
                return List.of();
            }

            @Override
            public List<String> exit(int code, int afterSeconds) {
                return List.of("exit", Integer.toString(code), Integer.toString(afterSeconds));
            }

            @Override
            public List<String> ignoreTerm() {
                return List.of("ignore-term");
            }

            @Override
            public List<String> outOfMemory() {
                return List.of("out-of-memory");
            }

            @Override
            public List<String> listen(int port) {
                return List.of();
            }

            @Override
            public List<String> print(String line) {
                return List.of("print", line);
            }
        };
    }

    @Test
    void anEngineThatIsAwayKeepsItsContainers() throws Exception {
        String id = runtime.create(spec(web(programs().run())));
        runtime.start(id);
        engine.faults().away(true);
        ContainerException failure = assertThrows(ContainerException.class, runtime::list);
        assertTrue(failure.isTransient());
        engine.faults().away(false);
        assertTrue(only().isAlive());
    }

    @Test
    void aLostAnswerIsFoundOutByAskingAgain() throws Exception {
        var spec = spec(web(programs().run()));
        engine.faults().loseNextAnswer(Operation.CREATE);
        assertTrue(assertThrows(ContainerException.class, () -> runtime.create(spec))
                .isTransient());
        String id = only().id();
        assertEquals(id, runtime.create(spec));
    }

    @Test
    void aRefusalStrikesOnce() throws Exception {
        String id = runtime.create(spec(web(programs().run())));
        engine.faults().refuseNext(Operation.START, Code.CANNOT_START, "no space left on device");
        assertEquals(
                "CannotStartContainerError: no space left on device",
                assertThrows(ContainerException.class, () -> runtime.start(id)).getMessage());
        runtime.start(id);
        assertTrue(only().isAlive());
    }

    @Test
    void aProgramEndsAtItsOwnTime() throws Exception {
        engine.program("web", Program.exits(7, Duration.ofSeconds(10)));
        String id = runtime.create(spec(web(programs().run())));
        runtime.start(id);
        assertEquals(START.plusSeconds(10), engine.nextEnd());
        engine.advanceTo(START.plusSeconds(60));
        assertEquals(7, only().exitCode());
        assertEquals(START.plusSeconds(10), only().finishedAt());
    }

    @Test
    void healthIsWhatTheTestSays() throws Exception {
        var web = web(programs().run());
        web.healthCheck = new HealthCheck(List.of("CMD", "true"), 5, null, null, null);
        runtime.start(runtime.create(spec(web)));
        engine.health("web", HealthStatus.UNHEALTHY);
        engine.advanceTo(START.plusSeconds(5));
        assertEquals(HealthStatus.UNHEALTHY, only().health());
    }

    @Test
    void aPullThatFailsFallsBackToWhatIsHere() throws Exception {
        PullRequest request = new PullRequest("registry.test/app:1", null, PullBehavior.DEFAULT, Duration.ofMinutes(1));
        assertEquals("registry.test/app:1", pull(request));
        engine.missing("registry.test/app:1");
        assertEquals("registry.test/app:1", pull(request));
        engine.missing("registry.test/app:2");
        ContainerException failure = assertThrows(
                ContainerException.class,
                () -> pull(new PullRequest("registry.test/app:2", null, PullBehavior.DEFAULT, Duration.ofMinutes(1))));
        assertEquals(Code.CANNOT_PULL_MANIFEST, failure.code());
    }

    @Test
    void aTagMovesAndADigestDoesNot() throws Exception {
        FakeRegistry registry = new FakeRegistry();
        FakeRuntime first = new FakeRuntime(new FakeEngine(START, registry), owner);
        FakeRuntime second = new FakeRuntime(new FakeEngine(START, registry), owner);
        Image before = pull(first, "registry.test/app:1");
        registry.push("registry.test/app:1");
        Image after = pull(second, "registry.test/app:1");
        assertNotEquals(before.digest(), after.digest());
        assertEquals(before, pull(second, "registry.test/app:1@" + before.digest()));
        assertEquals(after, pull(first, "registry.test/app:1"));
    }

    private static Image pull(FakeRuntime runtime, String reference) throws ContainerException {
        return runtime.pull(
                new PullRequest(reference, null, PullBehavior.DEFAULT, Duration.ofMinutes(1)), PullProgress.IGNORED);
    }

    private String pull(PullRequest request) throws ContainerException {
        return runtime.pull(request, PullProgress.IGNORED).references().get(0);
    }
}
