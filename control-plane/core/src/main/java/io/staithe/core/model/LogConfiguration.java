package io.staithe.core.model;

import java.util.List;
import java.util.Map;

/** Where a container's output goes. Options are the driver's own and are passed through. */
public record LogConfiguration(String logDriver, Map<String, String> options, List<Secret> secretOptions) {
    public static final List<String> DRIVERS = List.of(
            "json-file", "local", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens", "none");

    public LogConfiguration {
        Check.text(logDriver, "logDriver", 32);
        Check.oneOf(logDriver, DRIVERS, "logDriver");
        options = Check.map(options);
        secretOptions = Check.list(secretOptions);
    }
}
