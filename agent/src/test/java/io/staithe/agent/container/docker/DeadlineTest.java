package io.staithe.agent.container.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime.PullProgress;
import io.staithe.agent.container.ContainerRuntime.Subscription;
import io.staithe.agent.container.Lines;
import io.staithe.agent.container.LogQuery;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.PullRequest;
import io.staithe.agent.container.TaskSample;
import io.staithe.core.model.InstanceId;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that accepts connections and says nothing, as one that is stopped or stuck. Needs no Docker. */
@Timeout(30)
final class DeadlineTest {
    private static final Duration DEADLINE = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private ServerSocketChannel mute;
    private DockerRuntime runtime;

    @BeforeEach
    void listen() throws Exception {
        Path socket = folder.resolve("docker.sock");
        mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        runtime = runtime(socket);
    }

    @AfterEach
    void close() throws Exception {
        runtime.close();
        mute.close();
    }

    @Test
    void aCallEndsAtItsDeadline() {
        for (int i = 0; i < 3; i++) {
            ContainerException failure = assertThrows(ContainerException.class, runtime::list);
            assertEquals(Code.TIMEOUT, failure.code());
            assertTrue(failure.isTransient());
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void aLogStreamCanBeClosedBeforeItHasBegun() throws Exception {
        Lines lines = new Lines();
        Subscription following = runtime.logs("id", new LogQuery(true, null, null), lines);
        assertFalse(lines.hasEnded());
        following.close();
        assertTrue(lines.hasEnded());
        assertNull(lines.failure());
    }

    @Test
    void aPullIsGivenUp() {
        ContainerException failure = assertThrows(
                ContainerException.class,
                () -> runtime.pull(
                        new PullRequest("app:1", null, PullBehavior.ALWAYS, DEADLINE), PullProgress.IGNORED));
        assertEquals(Code.TIMEOUT, failure.code());
    }

    @Test
    void anEngineThatIsNotThereIsUnavailable() throws Exception {
        try (DockerRuntime nowhere = runtime(folder.resolve("absent.sock"))) {
            ContainerException failure = assertThrows(ContainerException.class, nowhere::ping);
            assertEquals(Code.UNAVAILABLE, failure.code());
            assertTrue(failure.getMessage().startsWith("ContainerRuntimeError: "), failure.getMessage());
        }
    }

    @Test
    void listeningForEventsGoesOnWhileTheEngineIsAway() throws Exception {
        AtomicInteger dirty = new AtomicInteger();
        try (DockerRuntime nowhere = runtime(folder.resolve("absent.sock"))) {
            Subscription events = nowhere.events(dirty::incrementAndGet);
            Wait.until("another attempt", Duration.ofSeconds(10), () -> dirty.get() >= 2);
            events.close();
        }
    }

    private static DockerRuntime runtime(Path socket) {
        return new DockerRuntime(
                new DockerSettings(URI.create("unix://" + socket), InstanceId.of(TaskSample.hex()), null, DEADLINE));
    }
}
