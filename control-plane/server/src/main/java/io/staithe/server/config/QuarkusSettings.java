package io.staithe.server.config;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Says in Quarkus's keys what {@code staithe.*} says: addresses, TLS, database, traces. Without TLS it refuses an address
 * that others can reach, before anything listens.
 */
public final class QuarkusSettings implements ConfigSourceFactory {
    /** Under the environment and system properties, over application.properties. */
    private static final int ORDINAL = 260;

    private static final String POSTGRESQL_CONNECT_SECONDS = "3";
    private static final String POSTGRESQL_ANSWER_SECONDS = "10";
    /** PostgreSQL's SQL; open until this process ends; 4 MiB of cache. */
    private static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1;CACHE_SIZE=4096";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        try {
            Map<String, String> settings = derive(key -> {
                ConfigValue value = context.getValue("staithe." + key);
                return value == null ? null : value.getValue();
            });
            return List.of(new PropertiesConfigSource(settings, "staithe", ORDINAL));
        } catch (IllegalArgumentException refused) {
            // Quarkus prints the message of this one alone, without where it was thrown.
            throw new ConfigurationException(refused.getMessage());
        }
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    /**
     * @param staithe value of a key without its prefix; null: not set
     * @throws IllegalArgumentException for settings that contradict each other
     */
    static Map<String, String> derive(Function<String, @Nullable String> staithe) {
        Map<String, String> quarkus = new HashMap<>();
        listen(staithe, quarkus);
        database(staithe, quarkus);
        String collector = staithe.apply("telemetry.otlp-endpoint");
        quarkus.put("quarkus.otel.sdk.disabled", Boolean.toString(isBlank(collector)));
        if (!isBlank(collector)) quarkus.put("quarkus.otel.exporter.otlp.endpoint", collector);
        return quarkus;
    }

    private static void listen(Function<String, @Nullable String> staithe, Map<String, String> quarkus) {
        String certificate = staithe.apply("tls.certificate");
        String key = staithe.apply("tls.key");
        if (isBlank(certificate) != isBlank(key))
            throw new IllegalArgumentException("staithe.tls.certificate and staithe.tls.key go together");
        boolean tls = !isBlank(certificate);
        String apiHost = or(staithe.apply("api.host"), "127.0.0.1");
        String gatewayHost = or(staithe.apply("gateway.host"), "127.0.0.1");
        Loopback.require(apiHost, "staithe.api.host", tls);
        Loopback.require(gatewayHost, "staithe.gateway.host", tls);
        quarkus.put("quarkus.http.host", apiHost);
        quarkus.put("quarkus.http.port", or(staithe.apply("api.port"), "7400"));
        quarkus.put("quarkus.http.test-port", or(staithe.apply("api.port"), "7400"));
        quarkus.put("quarkus.grpc.server.host", gatewayHost);
        quarkus.put("quarkus.grpc.server.port", or(staithe.apply("gateway.port"), "7401"));
        quarkus.put("quarkus.grpc.server.test-port", or(staithe.apply("gateway.port"), "7401"));
        quarkus.put(
                "quarkus.grpc.server.max-inbound-message-size",
                or(staithe.apply("gateway.max-message-bytes"), "4194304"));
        if (!tls) return;
        quarkus.put("quarkus.http.insecure-requests", "disabled");
        quarkus.put("quarkus.http.ssl-port", or(staithe.apply("api.port"), "7400"));
        quarkus.put("quarkus.http.ssl.certificate.files", certificate);
        quarkus.put("quarkus.http.ssl.certificate.key-files", key);
        quarkus.put("quarkus.grpc.server.plain-text", "false");
        quarkus.put("quarkus.grpc.server.ssl.certificate", certificate);
        quarkus.put("quarkus.grpc.server.ssl.key", key);
    }

    private static void database(Function<String, @Nullable String> staithe, Map<String, String> quarkus) {
        String url = staithe.apply("database.url");
        if (isBlank(url))
            url = "jdbc:h2:file:" + DataFolder.absolute(or(staithe.apply("data"), "data")) + "/history" + H2_OPTIONS;
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:"))
            throw new IllegalArgumentException("staithe.database.url: must begin with jdbc:h2: or jdbc:postgresql:");
        quarkus.put("quarkus.datasource.jdbc.url", url);
        if (url.startsWith("jdbc:postgresql:")) {
            // Without these, a database that hangs hangs whoever asks it.
            String driver = "quarkus.datasource.jdbc.additional-jdbc-properties.";
            quarkus.put(driver + "connectTimeout", POSTGRESQL_CONNECT_SECONDS);
            quarkus.put(driver + "socketTimeout", POSTGRESQL_ANSWER_SECONDS);
        }
        String username = staithe.apply("database.username");
        String password = staithe.apply("database.password");
        if (!isBlank(username)) quarkus.put("quarkus.datasource.username", username);
        if (!isBlank(password)) quarkus.put("quarkus.datasource.password", password);
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }
}
