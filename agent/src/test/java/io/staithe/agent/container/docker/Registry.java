package io.staithe.agent.container.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PushResponseItem;
import io.staithe.agent.container.RegistryCredentials;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Debian's docker-registry on a free port of this machine, with one user and an empty store in a folder of the test's. */
final class Registry implements AutoCloseable {
    static final RegistryCredentials USER = new RegistryCredentials("staithe", "captain");

    private static final Path BINARY = Path.of("/usr/bin/docker-registry");
    private static final String PASSWORD_FILE =
            "staithe:$2y$04$KBCwKxOzLha2MUDgW0PjXeOpU6jKtKBaqnTB0cHQ5I1sJnHnfYYvS\n";

    private final Process process;
    private final String host;

    private Registry(Process process, String host) {
        this.process = process;
        this.host = host;
    }

    static Registry start(Path folder) throws Exception {
        if (!Files.isExecutable(BINARY)) throw new IllegalStateException("Debian's package docker-registry is needed");
        String host = "127.0.0.1:" + freePort();
        Files.writeString(folder.resolve("htpasswd"), PASSWORD_FILE);
        Path config = Files.writeString(folder.resolve("config.yml"), config(folder, host));
        Process process = new ProcessBuilder(BINARY.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        Registry registry = new Registry(process, host);
        Wait.until("the registry answers", Duration.ofSeconds(20), registry::answers);
        return registry;
    }

    String reference(String nameAndTag) {
        return host + "/" + nameAndTag;
    }

    /** Puts the busybox image there under this name, and leaves none of that name on the host. */
    void publish(String nameAndTag) throws Exception {
        ImageReference reference = ImageReference.of(reference(nameAndTag));
        DockerEngine.busybox();
        DockerEngine.ask(docker -> {
            docker.tagImageCmd(DockerEngine.BUSYBOX, reference.repository(), reference.version())
                    .exec();
            return reference;
        });
        DockerEngine.ask(docker -> {
            try {
                return docker.pushImageCmd(reference.toString())
                        .withAuthConfig(new AuthConfig()
                                .withRegistryAddress(host)
                                .withUsername(USER.username())
                                .withPassword(USER.password()))
                        .exec(new ResultCallback.Adapter<PushResponseItem>())
                        .awaitCompletion();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        DockerEngine.ask(docker -> docker.removeImageCmd(reference.toString()).exec());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private boolean answers() throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + host + "/v2/").toURL().openConnection();
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_UNAUTHORIZED;
        } catch (java.net.ConnectException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String config(Path folder, String host) {
        return """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: %s
                auth:
                  htpasswd:
                    realm: staithe
                    path: %s
                """.formatted(folder.resolve("store"), host, folder.resolve("htpasswd"));
    }
}
