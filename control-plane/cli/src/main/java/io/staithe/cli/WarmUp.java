package io.staithe.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Loads the classes that commands need, by running one against a server of its own. The launcher starts it once with
 * {@code -XX:DumpLoadedClassList} and makes an archive of what it lists; later runs map the archive into memory instead of loading the classes again.
 */
final class WarmUp {
    private static final String SERVICE = """
            {"serviceArns": ["arn:aws:ecs:r:1:service/default/web"], "failures": [], "services": [
              {"serviceName": "web", "clusterArn": "arn:aws:ecs:r:1:cluster/default", "status": "ACTIVE",
               "desiredCount": 3, "runningCount": 3, "pendingCount": 0, "createdAt": 1700000000.123,
               "taskDefinition": "arn:aws:ecs:r:1:task-definition/web:1",
               "deployments": [{"id": "ecs-svc/1", "status": "PRIMARY", "rolloutState": "COMPLETED"}]}]}
            """;

    private WarmUp() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = SERVICE.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Path config = Files.createTempFile("staithe", null);
        try {
            PrintWriter out = new PrintWriter(new StringWriter());
            Files.writeString(
                    config,
                    "[default]\nendpoint_url = http://127.0.0.1:"
                            + server.getAddress().getPort() + "\ncredentials_file = " + config
                            + "\naws_access_key_id = warm\naws_secret_access_key = up\n");
            Shell shell = new Shell(
                    Map.of("STAITHE_CONFIG", config.toString()),
                    Path.of("/nowhere"),
                    InputStream.nullInputStream(),
                    out,
                    out,
                    true,
                    100,
                    InstantSource.system(),
                    Duration.ofSeconds(1),
                    last -> {});
            int code = Main.run(shell, "get", "services") + Main.run(shell, "get", "services", "-o", "json");
            if (code != 0) throw new IllegalStateException("a command failed: " + out);
        } finally {
            Files.delete(config);
            server.stop(0);
        }
    }
}
