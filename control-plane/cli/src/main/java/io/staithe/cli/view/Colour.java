package io.staithe.cli.view;

import java.util.Map;

/** The terminal's colours, by what they say. */
public enum Colour {
    GOOD("32"),
    BAD("31"),
    BUSY("33"),
    TITLE("1"),
    FAINT("2"),
    PLAIN("");

    /** The states of ECS, and how they feel. What is not here is plain. */
    private static final Map<String, Colour> OF_STATE = Map.ofEntries(
            Map.entry("RUNNING", GOOD),
            Map.entry("ACTIVE", GOOD),
            Map.entry("COMPLETED", GOOD),
            Map.entry("HEALTHY", GOOD),
            Map.entry("create", GOOD),
            Map.entry("PROVISIONING", BUSY),
            Map.entry("PENDING", BUSY),
            Map.entry("ACTIVATING", BUSY),
            Map.entry("DEACTIVATING", BUSY),
            Map.entry("STOPPING", BUSY),
            Map.entry("DEPROVISIONING", BUSY),
            Map.entry("IN_PROGRESS", BUSY),
            Map.entry("DRAINING", BUSY),
            Map.entry("INITIAL", BUSY),
            Map.entry("update", BUSY),
            Map.entry("FAILED", BAD),
            Map.entry("LOST", BAD),
            Map.entry("UNHEALTHY", BAD),
            Map.entry("away", BAD),
            Map.entry("STOPPED", FAINT),
            Map.entry("INACTIVE", FAINT),
            Map.entry("UNUSED", FAINT),
            Map.entry("unchanged", FAINT));

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    static Colour ofState(String word) {
        return OF_STATE.getOrDefault(word, PLAIN);
    }

    String around(String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
