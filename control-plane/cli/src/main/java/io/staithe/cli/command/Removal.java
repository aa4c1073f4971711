package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Failure;
import io.staithe.cli.view.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes again and again until nothing more goes: what a service uses can go only when its tasks have stopped. Shows a line
 * for each thing meanwhile, and fails when something stays.
 */
final class Removal {
    private final Session session;
    private final ObjectNode files;
    private final Progress progress;
    private final Map<String, String> lines = new LinkedHashMap<>();
    private final List<String> kept = new ArrayList<>();

    /** @param files the body of the request */
    Removal(Session session, ObjectNode files) {
        this.session = session;
        this.files = files;
        this.progress = new Progress(session.terminal());
    }

    void await(Duration timeout) {
        session.await(timeout, "not everything is gone", this::isOver);
        if (!kept.isEmpty()) throw new Failure(String.join("; ", kept));
    }

    /** How people call what a change is about. */
    static String name(JsonNode change) {
        return change.path("kind").asText() + " " + change.path("name").asText();
    }

    /** Deletes what can go now. Over when nothing went, and nothing waits. */
    private boolean isOver() {
        JsonNode result = session.api().post("/delete", Map.of("dryRun", "false"), files);
        if (lines.isEmpty() && !isForPeople()) session.terminal().print(result);
        kept.clear();
        boolean over = true;
        for (JsonNode change : result.path("changes")) {
            String name = name(change);
            String why = change.path("why").asText();
            switch (change.path("action").asText()) {
                case "absent" ->
                    lines.compute(
                            name, (same, before) -> before == null || before.equals("absent") ? "absent" : "deleted");
                case "kept" -> {
                    lines.put(name, "kept: " + why);
                    kept.add(name + " is kept: " + why);
                }
                default -> {
                    lines.put(name, why.isEmpty() ? "deleted" : why);
                    over = false;
                }
            }
        }
        if (isForPeople()) progress.show(lines);
        return over;
    }

    private boolean isForPeople() {
        return session.terminal().format().isForPeople();
    }
}
