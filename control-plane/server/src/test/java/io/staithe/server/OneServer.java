package io.staithe.server;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The server as a first start on an empty machine makes it, on free ports; all tests that boot it share this one. */
public final class OneServer implements QuarkusTestProfile {
    static final Path DATA = folder();
    static final int API_PORT = freePort();
    static final int GATEWAY_PORT = freePort();

    static final TraceCollector COLLECTOR = TraceCollector.start();

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "staithe.data", DATA.toString(),
                "staithe.api.port", Integer.toString(API_PORT),
                "staithe.gateway.port", Integer.toString(GATEWAY_PORT),
                "staithe.telemetry.otlp-endpoint", COLLECTOR.address(),
                "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
                "quarkus.otel.bsp.schedule.delay", "200ms");
    }

    static URI api() {
        return URI.create("http://127.0.0.1:" + API_PORT);
    }

    static boolean isReady() {
        try {
            HttpURLConnection asked =
                    (HttpURLConnection) api().resolve("/q/health/ready").toURL().openConnection();
            return asked.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    static Path credentialsFile() {
        return DATA.resolve("admin-credentials");
    }

    static String joinToken() {
        return read(DATA.resolve("join-token")).strip();
    }

    static StaticCredentialsProvider administrator() {
        return credentials(value("aws_access_key_id"), value("aws_secret_access_key"));
    }

    static StaticCredentialsProvider administratorWithWrongSecret() {
        return credentials(value("aws_access_key_id"), "0".repeat(40));
    }

    private static StaticCredentialsProvider credentials(String id, String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
    }

    private static String value(String key) {
        List<String> lines = read(credentialsFile()).lines().toList();
        String prefix = key + " = ";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("staithe-server-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
