package io.staithe.agent.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The Docker Engine that tests run on: the one that is there. Tests start none. */
public final class DockerEngine {
    /** Debian's static busybox, and nothing else. */
    public static final String BUSYBOX = "staithe.test/busybox:1";

    private static final Path BINARY = Path.of("/bin/busybox");
    private static final List<String> APPLETS =
            List.of("sh", "sleep", "echo", "true", "httpd", "wget", "cat", "id", "dd", "nc", "yes", "mkdir", "env");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private DockerEngine() {}

    /** $DOCKER_HOST, or the usual socket. */
    public static URI host() {
        String named = System.getenv("DOCKER_HOST");
        return named == null || named.isEmpty() ? DockerSettings.LOCAL : URI.create(named);
    }

    /** Asks docker-java directly, for what the port does not offer. */
    public static <T> T ask(Engine.Question<T> question) throws ContainerException {
        try (Engine engine = new Engine(host(), DEADLINE)) {
            return engine.call(Code.CANNOT_INSPECT, question);
        }
    }

    /** @throws IllegalStateException when there is no engine */
    public static void require() {
        try {
            ask(docker -> docker.pingCmd().exec());
        } catch (ContainerException e) {
            throw new IllegalStateException(
                    "This test needs a Docker Engine, and none answers at " + host() + ". ./dev test starts one.", e);
        }
    }

    /** The busybox image, made if it is not there. */
    public static String busybox() throws ContainerException {
        return ask(DockerEngine::busybox);
    }

    private static String busybox(DockerClient docker) {
        try {
            docker.inspectImageCmd(BUSYBOX).exec();
        } catch (NotFoundException absent) {
            load(docker);
        }
        return BUSYBOX;
    }

    private static void load(DockerClient docker) {
        ImageArchive archive = new ImageArchive().program("bin/busybox", binary());
        APPLETS.forEach(applet -> archive.link("bin/" + applet, "busybox"));
        archive.load(docker, BUSYBOX, System.getProperty("os.arch").equals("aarch64") ? "ARM64" : "X86_64");
    }

    private static byte[] binary() {
        try {
            return Files.readAllBytes(BINARY);
        } catch (IOException e) {
            throw new IllegalStateException("Debian's package busybox-static is needed: " + e.getMessage(), e);
        }
    }
}
