package io.staithe.core.model;

import java.util.List;
import java.util.Map;

/** Marks the container that routes the logs of its task. */
public record FirelensConfiguration(String type, Map<String, String> options) {
    public FirelensConfiguration {
        Check.text(type, "type", 16);
        Check.oneOf(type, List.of("fluentd", "fluentbit"), "type");
        options = Check.map(options);
    }
}
