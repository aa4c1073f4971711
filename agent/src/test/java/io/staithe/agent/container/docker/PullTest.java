package io.staithe.agent.container.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime.PullProgress;
import io.staithe.agent.container.Image;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.PullRequest;
import io.staithe.agent.container.RegistryCredentials;
import io.staithe.agent.container.TaskSample;
import io.staithe.core.model.InstanceId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulling from a real registry that asks who one is. */
@Tag("real")
final class PullTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final DockerRuntime runtime =
            new DockerRuntime(DockerSettings.of(DockerEngine.host(), InstanceId.of(TaskSample.hex())));

    @TempDir
    Path folder;

    private Registry registry;
    private String app;

    @BeforeEach
    void publish() throws Exception {
        DockerEngine.require();
        registry = Registry.start(folder);
        registry.publish("team/app:1");
        app = registry.reference("team/app:1");
    }

    @AfterEach
    void close() throws Exception {
        runtime.removeImage(app);
        runtime.close();
        registry.close();
    }

    @Test
    void withTheRightCredentialsTheImageAndItsDigestAreHere() throws Exception {
        Image pulled = pull(app, Registry.USER, PullBehavior.DEFAULT);
        assertNotNull(pulled.digest());
        assertTrue(pulled.digest().startsWith("sha256:"));
        assertEquals(pulled, runtime.image(app).orElseThrow());

        String pinned = registry.reference("team/app@") + pulled.digest();
        assertEquals(
                pulled.id(), pull(pinned, Registry.USER, PullBehavior.DEFAULT).id());
        registry.close();
        assertEquals(pulled.id(), pull(pinned, null, PullBehavior.ALWAYS).id());
        assertEquals(pulled.id(), pull(app, null, PullBehavior.PREFER_CACHED).id());
    }

    @Test
    void aDigestIsFetchedWhenOnlyTheRegistryHasIt() throws Exception {
        String digest = pull(app, Registry.USER, PullBehavior.DEFAULT).digest();
        runtime.removeImage(app);
        String pinned = registry.reference("team/app@") + digest;
        assertEquals(digest, pull(pinned, Registry.USER, PullBehavior.DEFAULT).digest());
        runtime.removeImage(pinned);
    }

    @Test
    void withWrongOrNoCredentialsTheRegistrySaysNo() {
        assertFails(Code.CANNOT_PULL_AUTH, app, new RegistryCredentials("staithe", "pirate"), PullBehavior.DEFAULT);
        assertFails(Code.CANNOT_PULL_AUTH, app, null, PullBehavior.DEFAULT);
    }

    @Test
    void whatTheRegistryRefusesIsNotRunFromTheCache() throws Exception {
        pull(app, Registry.USER, PullBehavior.DEFAULT);
        assertFails(Code.CANNOT_PULL_AUTH, app, null, PullBehavior.DEFAULT);
    }

    @Test
    void aTagThatDoesNotExistHasNoManifest() {
        String absent = registry.reference("team/app:2");
        ContainerException failure =
                assertFails(Code.CANNOT_PULL_MANIFEST, absent, Registry.USER, PullBehavior.DEFAULT);
        assertTrue(failure.getMessage().startsWith("CannotPullImageManifestError: "), failure.getMessage());
    }

    @Test
    void withoutTheRegistryTheCacheServesUnlessItMustNot() throws Exception {
        Image pulled = pull(app, Registry.USER, PullBehavior.DEFAULT);
        registry.close();
        assertEquals(pulled.id(), pull(app, Registry.USER, PullBehavior.DEFAULT).id());
        assertFails(Code.CANNOT_PULL, app, Registry.USER, PullBehavior.ALWAYS);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsGivenUp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            String reference = "127.0.0.1:" + mute.getLocalPort() + "/app:1";
            long startedAt = System.nanoTime();
            ContainerException failure = assertThrows(
                    ContainerException.class,
                    () -> runtime.pull(
                            new PullRequest(reference, null, PullBehavior.DEFAULT, Duration.ofSeconds(1)),
                            PullProgress.IGNORED));
            assertEquals(Code.CANNOT_PULL, failure.code());
            assertTrue(Duration.ofNanos(System.nanoTime() - startedAt).toSeconds() < 10);
        }
    }

    private Image pull(String reference, RegistryCredentials credentials, PullBehavior behavior)
            throws ContainerException {
        return runtime.pull(new PullRequest(reference, credentials, behavior, DEADLINE), PullProgress.IGNORED);
    }

    private ContainerException assertFails(
            Code code, String reference, RegistryCredentials credentials, PullBehavior behavior) {
        ContainerException failure =
                assertThrows(ContainerException.class, () -> pull(reference, credentials, behavior));
        assertEquals(code, failure.code(), failure.getMessage());
        return failure;
    }
}
