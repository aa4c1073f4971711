package io.staithe.capacity.provider.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes; the agent is a script that notes how it was called. */
class LocalProviderTest {
    private static final InstanceId ID = InstanceId.of("0123456789abcdef0123456789abcdef");
    private static final String AGENT = """
            echo "$@" >>"$0.calls"
            for word in "$@"; do [ "$word" != --clear ] || exit "$(cat "$0.exit")"; done
            exec sleep 1000
            """;

    @TempDir
    Path folder;

    private Path script;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private LocalProvider provider;

    @BeforeEach
    void anAgent() throws IOException {
        script = Files.writeString(folder.resolve("agent.sh"), AGENT);
        Files.writeString(folder.resolve("agent.sh.exit"), "0");
        now = Instant.now();
        provider = provider();
    }

    private LocalProvider provider() {
        LocalSettings settings = new LocalSettings(
                folder.resolve("hosts"),
                List.of("/bin/sh", script.toString()),
                "127.0.0.1:7401",
                "unix:///nowhere.sock",
                null,
                Duration.ofSeconds(10));
        return new LocalProvider(settings, () -> now);
    }

    @AfterEach
    void nothingIsLeft() {
        for (ListedHost host : provider.list()) provider.terminate(host.id());
    }

    @Test
    void aHostIsAnAgentWithItsIdItsSizeAndItsToken() throws Exception {
        provider.start(request());
        String call = String.join("\n", calls(1));
        assertTrue(call.contains("--instance-id " + ID), call);
        assertTrue(call.contains("--cpu 512 --memory 1024"), call);
        assertTrue(call.contains("--cluster default"), call);
        assertFalse(call.contains("secret"), call);
        Path token = folder.resolve("hosts/" + ID + "/join-token");
        assertEquals("secret", Files.readString(token));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(token)));
        assertEquals(List.of(listed(ListedHost.State.RUNNING)), provider.list());
    }

    @Test
    void startedTwiceItIsThereOnce() throws Exception {
        provider.start(request());
        provider.start(request());
        provider().start(request());
        assertEquals(1, calls(1).size());
    }

    @Test
    void endedItIsRememberedAndNotStartedAgain() throws Exception {
        provider.start(request());
        assertEquals(1, calls(1).size());
        ProcessHandle agent = agent();
        provider.terminate(ID);
        assertFalse(agent.isAlive());
        assertEquals(List.of(listed(ListedHost.State.ENDED)), provider.list());
        assertFalse(Files.exists(folder.resolve("hosts/" + ID + "/join-token")));
        provider.start(request());
        assertEquals(List.of(listed(ListedHost.State.ENDED)), provider.list());
        assertEquals(2, calls(2).size());
        now = now.plus(Duration.ofHours(4));
        assertEquals(List.of(), provider.list());
    }

    @Test
    void aHostWhoseContainersCannotBeRemovedHasNotEnded() throws Exception {
        provider.start(request());
        Files.writeString(folder.resolve("agent.sh.exit"), "1");
        ProviderException failed = assertThrows(ProviderException.class, () -> provider.terminate(ID));
        assertEquals(ProviderException.Kind.UNKNOWN, failed.kind());
        Files.writeString(folder.resolve("agent.sh.exit"), "0");
        provider.terminate(ID);
        assertEquals(List.of(listed(ListedHost.State.ENDED)), provider.list());
    }

    @Test
    void anAgentThatHasEndedIsStartedAgainAndNotAtOnce() throws Exception {
        provider.start(request());
        ProcessHandle agent = agent();
        agent.destroyForcibly();
        agent.onExit().get(10, TimeUnit.SECONDS);
        provider.list();
        assertTrue(new HostFolder(folder.resolve("hosts"), ID).agent().isEmpty());
        now = now.plus(Duration.ofMinutes(1));
        provider().list();
        assertTrue(new HostFolder(folder.resolve("hosts"), ID).agent().isPresent());
    }

    @Test
    void whatIsNotThereCanBeEnded() {
        provider.terminate(ID);
        assertEquals(List.of(), provider.list());
    }

    private ProcessHandle agent() throws IOException {
        return new HostFolder(folder.resolve("hosts"), ID).agent().orElseThrow();
    }

    /** Once there are so many. */
    private List<String> calls(int count) throws Exception {
        Path notes = folder.resolve("agent.sh.calls");
        Instant deadline = Instant.now().plusSeconds(10);
        while (true) {
            List<String> calls = Files.exists(notes) ? Files.readAllLines(notes) : List.of();
            if (calls.size() >= count || Instant.now().isAfter(deadline)) return calls;
            Thread.onSpinWait();
        }
    }

    private static ListedHost listed(ListedHost.State state) {
        return new ListedHost(ID, "fargate", state, null, null);
    }

    private static HostRequest request() {
        return new HostRequest(
                ID,
                "fargate",
                "default",
                ProvisionedHost.MADE_TO_MEASURE,
                new Resources(512, 1024, 0),
                "X86_64",
                false,
                true,
                null,
                "secret",
                Map.of());
    }
}
