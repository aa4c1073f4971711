package io.staithe.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The progress of a deployment, as people read it: from what the control plane says of it to lines, and nothing else.
 */
public record DeploymentLines(Terminal terminal, Instant now) {
    private static final int BAR = 20;

    /** For a log, where what changes makes another line: with times of the day, because the time that is left always does. */
    public String line(JsonNode progress) {
        JsonNode next = progress.path("next");
        JsonNode old = progress.path("old");
        StringBuilder line = new StringBuilder("%s of %s healthy"
                .formatted(
                        next.path("healthy").asText("0"),
                        progress.path("desired").asText("0")));
        if (next.hasNonNull("trafficPercent"))
            line.append(", ").append(next.path("trafficPercent").asText()).append(" % of the traffic");
        if (isThere(old)) line.append(", ").append(count(old)).append(" old");
        if (progress.hasNonNull("stage"))
            line.append(", ").append(progress.path("stage").asText());
        if (hasFailures(progress)) line.append(", ").append(failures(progress));
        if (progress.hasNonNull("waitingFor"))
            line.append(", waits for ")
                    .append(text(progress, "waitingFor"))
                    .append(by("until", progress.path("until")));
        if (progress.hasNonNull("failsAt"))
            line.append(", fails without progress").append(by("at", progress.path("failsAt")));
        return line.toString();
    }

    /** For a terminal: what it is, a bar for each side, and what it waits for. At most seven lines. */
    public List<String> block(String name, JsonNode progress) {
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s %s  %s%s"
                .formatted(
                        terminal.paint(Colour.TITLE, name),
                        progress.path("strategy").asText(),
                        progress.path("number").asText(),
                        terminal.state(progress.path("state").asText()),
                        stage(progress)));
        lines.add("  new  " + side(progress.path("next")));
        if (isThere(progress.path("old"))) lines.add("  old  " + side(progress.path("old")));
        if (progress.hasNonNull("waitingFor")) lines.add("  waits for " + waiting(progress));
        if (progress.hasNonNull("failsAt")) lines.add("  " + terminal.paint(Colour.BUSY, failing(progress)));
        if (hasFailures(progress)) lines.add("  " + terminal.paint(Colour.BAD, failures(progress)));
        if (progress.hasNonNull("wayOut"))
            lines.add("  way out: " + progress.path("wayOut").asText());
        return lines;
    }

    /** Everything that is known, line by line. */
    public List<String> all(JsonNode progress) {
        List<String> lines = new ArrayList<>();
        lines.add("Deployment  %s of %s, %s"
                .formatted(
                        progress.path("number").asText(),
                        progress.path("service").asText(),
                        progress.path("strategy").asText()));
        lines.add("State       " + terminal.state(progress.path("state").asText())
                + (progress.path("paused").asBoolean() ? ", paused" : ""));
        lines.add("Reason      " + progress.path("reason").asText());
        if (progress.hasNonNull("stage")) lines.add("Stage       " + stages(progress));
        lines.add("New         " + side(progress.path("next")));
        lines.add("Old         " + side(progress.path("old")));
        lines.add("Failures    " + failures(progress));
        if (progress.hasNonNull("waitingFor")) lines.add("Waits for   " + waiting(progress));
        if (progress.hasNonNull("failsAt")) lines.add("Deadline    " + failing(progress));
        for (JsonNode hook : progress.path("hooks")) lines.add("Hook        " + hook.asText());
        for (String place : backOff(progress)) lines.add("Back-off    " + place);
        if (progress.hasNonNull("rolledBackTo"))
            lines.add("Rolled back to " + progress.path("rolledBackTo").asText());
        if (progress.hasNonNull("wayOut"))
            lines.add("Way out     " + progress.path("wayOut").asText());
        return lines;
    }

    /** The places whose next task waits because the last ones failed. */
    public List<String> backOff(JsonNode progress) {
        List<String> lines = new ArrayList<>();
        for (JsonNode place : progress.path("slots"))
            lines.add("%s waits until %s after %s failures in a row"
                    .formatted(
                            place.hasNonNull("slot")
                                    ? "slot " + place.path("slot").asText()
                                    : "host " + place.path("host").asText(),
                            Times.clock(place.path("until"), now),
                            place.path("failures").asText()));
        return lines;
    }

    private static boolean hasFailures(JsonNode progress) {
        return progress.path("failedTasks").asInt() > 0;
    }

    private static String failures(JsonNode progress) {
        String count = progress.path("failedTasks").asText();
        return progress.hasNonNull("failureThreshold")
                ? count + " of " + progress.path("failureThreshold").asText() + " failures"
                : count + " failures";
    }

    private static String text(JsonNode progress, String field) {
        return progress.path(field).asText();
    }

    private String waiting(JsonNode progress) {
        return text(progress, "waitingFor") + left(progress.path("until"));
    }

    private String failing(JsonNode progress) {
        return "fails without progress" + left(progress.path("failsAt"));
    }

    private static boolean isThere(JsonNode side) {
        return count(side) + side.path("desired").asInt() > 0;
    }

    private static int count(JsonNode side) {
        return side.path("running").asInt()
                + side.path("pending").asInt()
                + side.path("stopping").asInt();
    }

    /** A bar of what is healthy, what runs and what is on its way, and the same in numbers. */
    private String side(JsonNode side) {
        int desired = side.path("desired").asInt();
        int healthy = side.path("healthy").asInt();
        int running = side.path("running").asInt();
        int pending = side.path("pending").asInt();
        int stopping = side.path("stopping").asInt();
        StringBuilder line = new StringBuilder(bar(healthy, running, pending, Math.max(desired, running + pending)));
        line.append(desired == 0 ? " %d healthy".formatted(healthy) : " %d/%d healthy".formatted(healthy, desired));
        line.append(", ").append(running).append(" running");
        if (pending > 0) line.append(", ").append(pending).append(" pending");
        if (stopping > 0) line.append(", ").append(stopping).append(" stopping");
        if (side.hasNonNull("trafficPercent"))
            line.append(", ").append(side.path("trafficPercent").asText()).append(" % of the traffic");
        return line.toString();
    }

    private String bar(int healthy, int running, int pending, int of) {
        int full = part(healthy, of);
        int half = Math.max(0, part(Math.max(healthy, running), of) - full);
        int light = Math.max(0, part(Math.max(healthy, running) + pending, of) - full - half);
        return terminal.paint(Colour.GOOD, "█".repeat(full))
                + terminal.paint(Colour.BUSY, "▓".repeat(half) + "▒".repeat(light))
                + "░".repeat(BAR - full - half - light);
    }

    /** Full only when all is there, empty only when nothing is. */
    private static int part(int many, int of) {
        if (many == 0 || of == 0) return 0;
        return many >= of ? BAR : Math.max(1, Math.min(BAR - 1, many * BAR / of));
    }

    private static String stage(JsonNode progress) {
        if (!progress.hasNonNull("stage")) return "";
        String present = progress.path("stage").asText();
        int place = 0;
        for (JsonNode stage : progress.path("stages")) {
            place++;
            if (stage.asText().equals(present))
                return "  %s, stage %d of %d"
                        .formatted(present, place, progress.path("stages").size());
        }
        return "  " + present;
    }

    /** Those behind it, the present one in brackets, and those to come. */
    private static String stages(JsonNode progress) {
        String present = progress.path("stage").asText();
        List<String> names = new ArrayList<>();
        for (JsonNode stage : progress.path("stages"))
            names.add(stage.asText().equals(present) ? "[" + present + "]" : stage.asText());
        return names.isEmpty() ? "[" + present + "]" : String.join(" ", names);
    }

    private String by(String preposition, JsonNode at) {
        return Times.of(at) == null ? "" : " (" + preposition + " " + Times.clock(at, now) + ")";
    }

    private String left(JsonNode at) {
        Instant then = Times.of(at);
        if (then == null) return "";
        long seconds = Math.max(0, Duration.between(now, then).toSeconds());
        return seconds < 120 ? " (" + seconds + " s left)" : " (" + seconds / 60 + " min left)";
    }
}
