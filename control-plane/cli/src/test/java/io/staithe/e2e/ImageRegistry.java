package io.staithe.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Debian's docker-registry on a free port of this machine, with an empty store in a folder of the test's. */
final class ImageRegistry implements AutoCloseable {
    private static final Duration STARTS = Duration.ofSeconds(20);

    private final RunningSystem system = RunningSystem.get();
    private final int port = Http.freePort();
    private final Path folder;
    private final Process process;

    ImageRegistry(Path folder) throws IOException {
        this.folder = folder;
        Path config = Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                storage: { filesystem: { rootdirectory: %s } }
                http: { addr: "127.0.0.1:%d" }
                """.formatted(folder.resolve("store"), port));
        process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        Await.until("the registry answers", STARTS, this::answers);
    }

    String image(String nameAndTag) {
        return "127.0.0.1:" + port + "/" + nameAndTag;
    }

    /** The tag stands for an image that says {@code Hello from NAME} from now on; none of that tag is left on the host. */
    void push(String image, String name) throws IOException {
        Path context = Files.createDirectories(folder.resolve(name));
        Files.writeString(context.resolve("Dockerfile"), "FROM " + WebService.IMAGE + "\nENV NAME=" + name + "\n");
        system.docker("build", "-q", "-t", image, context.toString());
        system.docker("push", "-q", image);
        system.docker("rmi", image);
    }

    private boolean answers() {
        try {
            Http.get(port);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
