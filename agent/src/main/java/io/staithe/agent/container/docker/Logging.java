package io.staithe.agent.container.docker;

import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import io.staithe.core.model.LogConfiguration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a container's output goes. */
final class Logging {
    private static final Map<String, String> BOUND = Map.of("max-size", "10m", "max-file", "3");

    private Logging() {}

    /**
     * What goes to awslogs or FireLens elsewhere stays on the host, in files that are read on demand: there is no such
     * service here to send it to. No file grows without bound.
     */
    static LogConfig of(@Nullable LogConfiguration configuration) {
        if (configuration == null) return new LogConfig(LoggingType.JSON_FILE, BOUND);
        return switch (configuration.logDriver()) {
            case "awslogs", "awsfirelens" -> new LogConfig(LoggingType.JSON_FILE, BOUND);
            case "json-file", "local" -> new LogConfig(type(configuration), bounded(configuration.options()));
            default -> new LogConfig(type(configuration), configuration.options());
        };
    }

    private static LoggingType type(LogConfiguration configuration) {
        LoggingType type = LoggingType.fromValue(configuration.logDriver());
        if (type == null)
            throw new IllegalArgumentException("logConfiguration.logDriver: unknown: " + configuration.logDriver());
        return type;
    }

    private static Map<String, String> bounded(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(BOUND);
        all.putAll(options);
        return all;
    }
}
