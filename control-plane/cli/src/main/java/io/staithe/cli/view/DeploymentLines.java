package io.staithe.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The progress of a deployment, as people read it. */
public record DeploymentLines(Terminal terminal, Instant now) {
    private static final int BAR = 20;

    /** In one line: a bar of healthy tasks, the stage, what it waits for, failures and the time left. */
    public String line(JsonNode progress) {
        int desired = progress.path("desired").asInt();
        int healthy = progress.path("next").path("healthy").asInt();
        StringBuilder line = new StringBuilder(bar(healthy, desired));
        line.append(" %d/%d healthy".formatted(healthy, desired));
        int old = progress.path("old").path("running").asInt();
        if (old > 0) line.append(", ").append(old).append(" old left");
        if (progress.hasNonNull("stage"))
            line.append(", ").append(progress.path("stage").asText());
        int failed = progress.path("failedTasks").asInt();
        if (failed > 0) line.append(", ").append(terminal.paint(Colour.BAD, failures(progress)));
        if (progress.hasNonNull("waitingFor"))
            line.append(", waits for ").append(progress.path("waitingFor").asText());
        return line + left(progress);
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
        lines.add("New         "
                + bar(
                        progress.path("next").path("healthy").asInt(),
                        progress.path("desired").asInt())
                + " " + share(progress.path("next")) + " of "
                + progress.path("desired").asText());
        lines.add("Old         " + share(progress.path("old")));
        lines.add("Failures    " + failures(progress));
        if (progress.hasNonNull("waitingFor"))
            lines.add("Waits for   " + progress.path("waitingFor").asText() + left(progress));
        for (JsonNode hook : progress.path("hooks")) lines.add("Hook        " + hook.asText());
        for (JsonNode slot : progress.path("slots"))
            lines.add("Slot %s      waits until %s after %s failures"
                    .formatted(
                            slot.path("slot").asText(),
                            Times.clock(slot.path("until"), now),
                            slot.path("failures").asText()));
        if (progress.hasNonNull("rolledBackTo"))
            lines.add("Rolled back to " + progress.path("rolledBackTo").asText());
        if (progress.hasNonNull("wayOut"))
            lines.add("Way out     " + progress.path("wayOut").asText());
        return lines;
    }

    private static String failures(JsonNode progress) {
        String count = progress.path("failedTasks").asText();
        return progress.hasNonNull("failureThreshold")
                ? count + " of " + progress.path("failureThreshold").asText() + " failures"
                : count + " failures";
    }

    private static String share(JsonNode share) {
        return "%s healthy, %s running, %s pending"
                        .formatted(
                                share.path("healthy").asText(),
                                share.path("running").asText(),
                                share.path("pending").asText())
                + (share.hasNonNull("trafficPercent")
                        ? ", " + share.path("trafficPercent").asText() + " % of the traffic"
                        : "");
    }

    /** Those behind it, the present one in brackets, and those to come. */
    private static String stages(JsonNode progress) {
        String present = progress.path("stage").asText();
        List<String> names = new ArrayList<>();
        for (JsonNode stage : progress.path("stages"))
            names.add(stage.asText().equals(present) ? "[" + present + "]" : stage.asText());
        return names.isEmpty() ? "[" + present + "]" : String.join(" ", names);
    }

    private String left(JsonNode progress) {
        Instant until = Times.of(progress.path("until"));
        if (until == null) return "";
        long seconds = Math.max(0, Duration.between(now, until).toSeconds());
        return seconds < 120 ? " (" + seconds + " s left)" : " (" + seconds / 60 + " min left)";
    }

    private static String bar(int done, int of) {
        int full = of == 0 ? BAR : Math.min(BAR, done * BAR / of);
        return "█".repeat(full) + "░".repeat(BAR - full);
    }
}
