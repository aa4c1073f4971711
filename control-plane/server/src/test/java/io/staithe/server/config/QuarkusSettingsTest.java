package io.staithe.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuarkusSettingsTest {
    @Test
    void listensOnLoopbackByDefault() {
        Map<String, String> settings = derive(Map.of());
        assertEquals("127.0.0.1", settings.get("quarkus.http.host"));
        assertEquals("7400", settings.get("quarkus.http.port"));
        assertEquals("127.0.0.1", settings.get("quarkus.grpc.server.host"));
        assertEquals("7401", settings.get("quarkus.grpc.server.port"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.host", "gateway.host"})
    void refusesAReachableAddressWithoutTls(String key) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> derive(Map.of(key, "0.0.0.0")));
        assertTrue(refused.getMessage().startsWith("staithe." + key + "=0.0.0.0: only a loopback address"));
        assertTrue(refused.getMessage().contains("staithe.tls.certificate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void takesEveryLoopbackAddress(String host) {
        assertEquals(host, derive(Map.of("api.host", host)).get("quarkus.http.host"));
    }

    @Test
    void listensAnywhereWithTlsAndThenWithTlsOnly() {
        Map<String, String> settings = derive(Map.of(
                "api.host", "0.0.0.0",
                "gateway.host", "0.0.0.0",
                "tls.certificate", "cert.pem",
                "tls.key", "key.pem"));
        assertEquals("disabled", settings.get("quarkus.http.insecure-requests"));
        assertEquals("7400", settings.get("quarkus.http.ssl-port"));
        assertEquals("false", settings.get("quarkus.grpc.server.plain-text"));
        assertEquals("key.pem", settings.get("quarkus.grpc.server.ssl.key"));
    }

    @Test
    void refusesHalfOfTls() {
        assertThrows(IllegalArgumentException.class, () -> derive(Map.of("tls.certificate", "cert.pem")));
    }

    @Test
    void keepsHistoryInTheDataFolderUnlessTold() {
        assertTrue(derive(Map.of("data", "/var/lib/staithe"))
                .get("quarkus.datasource.jdbc.url")
                .startsWith("jdbc:h2:file:/var/lib/staithe/history;MODE=PostgreSQL"));
        String url = "jdbc:postgresql://db/staithe";
        assertEquals(url, derive(Map.of("database.url", url)).get("quarkus.datasource.jdbc.url"));
    }

    @Test
    void refusesOtherDatabasesWithoutRepeatingTheirSecrets() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> derive(Map.of("database.url", "jdbc:mysql://root:hunter2@db/staithe")));
        assertFalse(refused.getMessage().contains("hunter2"));
    }

    @Test
    void makesTracesOnlyForACollector() {
        assertEquals("true", derive(Map.of()).get("quarkus.otel.sdk.disabled"));
        assertEquals(
                "false",
                derive(Map.of("telemetry.otlp-endpoint", "http://127.0.0.1:4317"))
                        .get("quarkus.otel.sdk.disabled"));
    }

    private static Map<String, String> derive(Map<String, String> staithe) {
        return QuarkusSettings.derive(staithe::get);
    }
}
