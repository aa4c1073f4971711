package io.staithe.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code apply} changed or, with {@code --plan}, would change. */
public record PlanView(Terminal terminal) {
    public void print(JsonNode plan) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonNode change : plan.path("changes")) {
            counts.merge(change.path("action").asText(), 1, Integer::sum);
            print(change, plan.path("dryRun").asBoolean());
        }
        JsonNode tasks = plan.path("tasks");
        print("Tasks that start", tasks.path("start"));
        print("Tasks that stop", tasks.path("stop"));
        print("Tasks that move", tasks.path("move"));
        print("Tasks that wait", tasks.path("waiting"));
        hosts(plan.path("hosts"));
        for (JsonNode note : plan.path("notes")) terminal.print("note: " + note.asText());
        terminal.print(summary(counts, plan.path("dryRun").asBoolean()));
        if (plan.path("dryRun").asBoolean())
            terminal.print("Revision %s: apply with --revision %<s to do this and nothing else"
                    .formatted(plan.path("revision").asText()));
    }

    private void print(JsonNode change, boolean dryRun) {
        String action = change.path("action").asText();
        String sign = action.equals("create") ? "+" : action.equals("update") ? "~" : "=";
        String verb = dryRun || action.equals("unchanged") ? action : action + "d";
        Colour colour = Colour.ofState(action);
        terminal.print(terminal.paint(
                colour,
                "%s %s %s %s"
                        .formatted(
                                sign,
                                verb,
                                change.path("kind").asText(),
                                change.path("name").asText())));
        if (!action.equals("update")) return;
        differences(change.path("differences"));
    }

    /** A line for each field that is to become another. */
    public void differences(JsonNode differences) {
        for (JsonNode difference : differences)
            terminal.print("      %s: %s → %s"
                    .formatted(
                            difference.path("field").asText(),
                            terminal.paint(Colour.BAD, value(difference.path("from"))),
                            terminal.paint(Colour.GOOD, value(difference.path("to")))));
    }

    /** What would be bought and given back, and what that costs. */
    private void hosts(JsonNode hosts) {
        if (hosts.isEmpty()) return;
        terminal.print("");
        terminal.print(terminal.paint(Colour.TITLE, "Hosts"));
        Table table = new Table(List.of("", "HOST TYPE", "COUNT", "$/HOUR", "PROVIDER", "WHY"));
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode host : hosts) {
            boolean bought = host.path("action").asText().equals("buy");
            BigDecimal cost = host.path("costPerHour").decimalValue();
            sum = bought ? sum.add(cost) : sum.subtract(cost);
            table.add(List.of(
                    host.path("action").asText(),
                    host.path("type").asText(),
                    host.path("count").asText(),
                    (bought ? "" : "-") + cost.toPlainString(),
                    host.path("capacityProvider").asText(),
                    host.path("why").asText()));
        }
        table.print(terminal);
        terminal.print("together $%s an hour".formatted(sum.toPlainString()));
    }

    private void print(String title, JsonNode tasks) {
        if (tasks.isEmpty()) return;
        terminal.print("");
        terminal.print(terminal.paint(Colour.TITLE, title + " (" + tasks.size() + ")"));
        for (JsonNode task : tasks) {
            String id = task.path("task").asText();
            StringBuilder line = new StringBuilder("  ").append(id, 0, Math.min(id.length(), 8));
            if (task.hasNonNull("service"))
                line.append("  ").append(task.path("service").asText());
            if (task.hasNonNull("host"))
                line.append("  on ").append(task.path("host").asText());
            if (task.hasNonNull("from"))
                line.append("  from %s to %s"
                        .formatted(task.path("from").asText(), task.path("to").asText()));
            if (task.hasNonNull("why"))
                line.append("  ")
                        .append(terminal.paint(Colour.FAINT, task.path("why").asText()));
            terminal.print(line.toString());
        }
    }

    private static String summary(Map<String, Integer> counts, boolean dryRun) {
        String future = dryRun ? "to " : "";
        String past = dryRun ? "" : "d";
        return "%s%d %screate%s, %d %supdate%s, %d unchanged%s"
                .formatted(
                        dryRun ? "\nPlan: " : "",
                        counts.getOrDefault("create", 0),
                        future,
                        past,
                        counts.getOrDefault("update", 0),
                        future,
                        past,
                        counts.getOrDefault("unchanged", 0),
                        dryRun ? "; nothing was changed" : "");
    }

    private static String value(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) return "(none)";
        return value.isTextual() ? value.asText() : value.toString();
    }
}
