package io.staithe.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code staithe costs} shows to people. */
public final class CostsView {
    private static final List<String> USED = List.of("TASKS", "VCPU-SECONDS", "GB-SECONDS");

    private CostsView() {}

    /** @param by what the lines are: service, cluster, capacityProvider, task or host */
    public static void print(Terminal terminal, String by, JsonNode answer, Instant now) {
        boolean wide = terminal.format() == Format.WIDE;
        terminal.print("from " + Times.clock(answer.path("from"), now) + " to " + Times.clock(answer.path("to"), now));
        Table table = new Table(titles(by, wide));
        answer.path("items")
                .forEach(item ->
                        table.add(line(by, wide, item, item.path("cluster").asText())));
        table.add(line(by, wide, answer.path("total"), "total"));
        table.print(terminal);
        answer.path("notes").forEach(note -> terminal.print("note: " + note.asText()));
    }

    private static List<String> titles(String by, boolean wide) {
        List<String> titles = new ArrayList<>(List.of("CLUSTER"));
        switch (by) {
            case "service" -> titles.add("SERVICE");
            case "task" -> titles.addAll(List.of("TASK", "OF"));
            case "host" -> titles.addAll(List.of("HOST", "TYPE"));
            default -> {}
        }
        if (!by.equals("cluster")) titles.add("CAPACITY PROVIDER");
        titles.addAll(USED);
        if (wide) titles.add("STORAGE-GB-SECONDS");
        if (wide && !by.equals("host")) titles.add("HOSTS");
        if (wide || by.equals("host")) titles.addAll(List.of("HOST SECONDS", "HOST VCPU-SECONDS", "HOST GB-SECONDS"));
        titles.add("COST");
        return titles;
    }

    private static List<String> line(String by, boolean wide, JsonNode item, String first) {
        List<String> cells = new ArrayList<>(List.of(first));
        switch (by) {
            case "service" -> cells.add(service(item));
            case "task" ->
                cells.addAll(List.of(
                        item.path("name").asText(), nameOf(item.path("group").asText())));
            case "host" ->
                cells.addAll(List.of(
                        item.path("name").asText(), item.path("hostType").asText()));
            default -> {}
        }
        if (!by.equals("cluster")) cells.add(item.path("capacityProvider").asText());
        cells.addAll(List.of(item.path("tasks").asText(), number(item, "vcpuSeconds"), number(item, "gbSeconds")));
        if (wide) cells.add(number(item, "storageGbSeconds"));
        if (wide && !by.equals("host")) cells.add(item.path("hosts").asText());
        if (wide || by.equals("host"))
            cells.addAll(List.of(
                    number(item, "hostSeconds"), number(item, "hostVcpuSeconds"), number(item, "hostGbSeconds")));
        cells.add(money(item.path("cost").decimalValue()));
        return cells;
    }

    /** A service's name; hosts that were bought for a capacity provider belong to none, nor does the total. */
    private static String service(JsonNode item) {
        boolean ofHosts = item.hasNonNull("capacityProvider") && !item.hasNonNull("name");
        return ofHosts && item.path("hosts").asLong() > 0
                ? "(hosts)"
                : nameOf(item.path("name").asText());
    }

    /** Of {@code service:web} only {@code web}; of a task of RunTask all of {@code family:job}. */
    private static String nameOf(String group) {
        return group.startsWith("service:") ? group.substring("service:".length()) : group;
    }

    private static String number(JsonNode item, String name) {
        BigDecimal value = item.path(name).decimalValue();
        return value.setScale(Math.min(value.scale(), 2), RoundingMode.HALF_UP).toPlainString();
    }

    /** Cents at least, and as much more as there is. */
    private static String money(BigDecimal dollars) {
        BigDecimal shown = dollars.stripTrailingZeros();
        return "$" + (shown.scale() < 2 ? shown.setScale(2) : shown).toPlainString();
    }
}
