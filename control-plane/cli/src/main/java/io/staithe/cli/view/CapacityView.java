package io.staithe.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What hosts would be bought, and how what buys them stands, for people. */
public record CapacityView(Terminal terminal) {
    /** As price lists count a month. */
    private static final BigDecimal HOURS_IN_A_MONTH = BigDecimal.valueOf(730);

    /** Of a plan: hosts by type, what providers cost beside the least that it could be, and what finds no host. */
    public void plan(JsonNode plan) {
        Table hosts = new Table(List.of("", "HOST TYPE", "COUNT", "$/HOUR", "$/MONTH", "PROVIDER", "GROUP", "WHY"));
        for (JsonNode host : plan.path("hosts"))
            hosts.add(List.of(
                    host.path("action").asText(),
                    host.path("type").asText(),
                    host.path("count").asText(),
                    signed(host, host.path("costPerHour").decimalValue()),
                    signed(host, month(host.path("costPerHour"))),
                    host.path("capacityProvider").asText(),
                    host.path("hostGroup").asText(),
                    host.path("why").asText()));
        if (plan.path("hosts").isEmpty()) terminal.print("No host would be bought or given back.");
        else hosts.print(terminal);
        for (JsonNode host : plan.path("hosts"))
            if (host.path("action").asText().equals("buy")
                    && !host.path("whyType").asText().isEmpty())
                terminal.print("  " + host.path("type").asText() + ": "
                        + host.path("whyType").asText());
        costs(plan.path("capacity").path("providers"));
        noHost(plan.path("capacity").path("noHost"));
        for (JsonNode note : plan.path("notes")) terminal.print("note: " + note.asText());
        terminal.print("Nothing was changed.");
    }

    private void costs(JsonNode providers) {
        if (providers.isEmpty()) return;
        title("What is bought costs");
        Table table = new Table(
                List.of("PROVIDER", "CLUSTER", "HOSTS", "$/HOUR", "AT LEAST", "$/MONTH", "WITH THOSE THERE $/HOUR"));
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode one : providers) {
            sum = sum.add(one.path("costPerHour").decimalValue());
            table.add(List.of(
                    one.path("capacityProvider").asText(),
                    one.path("cluster").asText(),
                    one.path("hosts").asText(),
                    one.path("costPerHour").asText(),
                    one.path("lowerBoundPerHour").asText(),
                    month(one.path("costPerHour")).toPlainString(),
                    one.path("totalPerHour").asText()));
        }
        table.print(terminal);
        terminal.print("together $%s an hour, $%s a month"
                .formatted(
                        sum.toPlainString(),
                        plain(sum.multiply(HOURS_IN_A_MONTH)).toPlainString()));
    }

    private void noHost(JsonNode waiting) {
        if (waiting.isEmpty()) return;
        title("No host for");
        for (JsonNode one : waiting)
            terminal.print("  " + hindrance(one, one.path("why").asText()));
    }

    /** One line for each thing that is to be known of each provider and group. */
    public void standing(JsonNode standing, Instant now) {
        List<JsonNode> providers = new ArrayList<>();
        standing.path("capacityProviders").forEach(providers::add);
        if (providers.isEmpty() && standing.path("hostGroups").isEmpty())
            terminal.print("no capacity provider buys hosts for cluster "
                    + standing.path("cluster").asText());
        for (JsonNode provider : providers) provider(provider, now);
        for (JsonNode group : standing.path("hostGroups")) group(group, now);
        if (standing.has("changedMindAt"))
            terminal.print(
                    "Hosts with tasks were last given back " + Times.age(standing.path("changedMindAt"), now) + " ago");
    }

    private void provider(JsonNode provider, Instant now) {
        title("Capacity provider " + provider.path("name").asText());
        terminal.print("  Host group     " + provider.path("hostGroup").asText());
        terminal.print("  Hosts          %s, $%s an hour".formatted(hosts(provider), text(provider, "costPerHour")));
        terminal.print("  Reservation    %s %% of the hosts are in use or needed (target %s %%): %s in use, %s wanted"
                .formatted(
                        text(provider, "reservation"),
                        text(provider, "targetCapacity"),
                        text(provider, "inUse"),
                        text(provider, "wanted")));
        if (provider.path("warm").asInt() > 0)
            terminal.print("  Warm room      %s kept, %s missing"
                    .formatted(text(provider, "warm"), text(provider, "warmMissing")));
        if (provider.path("waiting").asInt() > 0)
            terminal.print(
                    "  Without a host %s tasks, beyond the hosts on their way".formatted(text(provider, "waiting")));
        JsonNode hindrance = provider.path("hindrance");
        if (!hindrance.isMissingNode())
            terminal.print("  Waits for      " + hindrance(hindrance, text(hindrance, "message")));
        if (provider.has("pausedUntil"))
            terminal.print("  Paused         hosts failed: the next is requested in "
                    + until(provider.path("pausedUntil"), now));
        if (provider.path("fates").isEmpty()) return;
        Table table = new Table(List.of("HOST", "TYPE", "STATUS", "GOES IN", "WHY"));
        for (JsonNode fate : provider.path("fates"))
            table.add(List.of(
                    text(fate, "host")
                            .substring(0, Math.min(8, text(fate, "host").length())),
                    text(fate, "type"),
                    text(fate, "status"),
                    fate.has("goesAt") ? until(fate.path("goesAt"), now) : "",
                    text(fate, "why")));
        table.print(terminal, "  ");
    }

    private void group(JsonNode group, Instant now) {
        title("Host group " + text(group, "name"));
        terminal.print("  Provider       " + text(group, "provider")
                + (group.has("providerFails")
                        ? terminal.paint(Colour.BAD, " fails: " + text(group, "providerFails")) + "; asked again in "
                                + until(group.path("providerRestsUntil"), now)
                        : ""));
        if (group.has("cluster")) terminal.print("  Cluster        " + text(group, "cluster"));
        terminal.print("  Hosts          %s; at least %s, at most %s"
                .formatted(hosts(group), text(group, "min"), text(group, "max")));
        terminal.print("  Cost           $%s an hour%s"
                .formatted(
                        text(group, "costPerHour"),
                        group.has("budgetPerHour") ? " of a budget of $" + text(group, "budgetPerHour") : ""));
    }

    private static String hindrance(JsonNode one, String why) {
        int tasks = one.path("tasks").asInt();
        return "%d %s of %s: %s: %s"
                .formatted(tasks, tasks == 1 ? "task" : "tasks", text(one, "capacityProvider"), text(one, "code"), why);
    }

    private static String hosts(JsonNode of) {
        List<String> counts = new ArrayList<>();
        of.path("hosts").properties().forEach(one -> counts.add(one.getValue().asText() + " " + one.getKey()));
        return counts.isEmpty() ? "none" : String.join(", ", counts);
    }

    private static String until(JsonNode at, Instant now) {
        long seconds = Math.max(0, Instant.parse(at.asText()).getEpochSecond() - now.getEpochSecond());
        return seconds < 120 ? seconds + "s" : seconds / 60 + "m";
    }

    private static String text(JsonNode item, String field) {
        return item.path(field).asText();
    }

    private static String signed(JsonNode host, BigDecimal amount) {
        return (host.path("action").asText().equals("buy") ? "" : "-") + amount.toPlainString();
    }

    private static BigDecimal month(JsonNode perHour) {
        return plain(perHour.decimalValue().multiply(HOURS_IN_A_MONTH));
    }

    private static BigDecimal plain(BigDecimal dollars) {
        return dollars.setScale(2, java.math.RoundingMode.HALF_UP);
    }

    private void title(String title) {
        terminal.print("");
        terminal.print(terminal.paint(Colour.TITLE, title));
    }
}
