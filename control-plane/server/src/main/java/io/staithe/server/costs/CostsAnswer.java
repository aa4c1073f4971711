package io.staithe.server.costs;

import io.staithe.core.metering.CostLine;
import io.staithe.core.metering.Costs;
import io.staithe.core.model.UsageRecord;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer as JSON has it. Numbers are exact: vCPU- and GB-seconds in steps of 1/1024, dollars in millionths. */
final class CostsAnswer {
    private static final BigDecimal STEPS = BigDecimal.valueOf(1024);

    private CostsAnswer() {}

    static Map<String, Object> of(CostsRequest request, Costs costs, Stream<UsageRecord> sums) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", request.window().from().toString());
        answer.put("to", request.window().to().toString());
        answer.put("currency", "USD");
        answer.put("items", costs.lines().stream().map(CostsAnswer::line).toList());
        answer.put("total", line(costs.total()));
        answer.put("notes", notes(request, sums));
        return answer;
    }

    private static List<String> notes(CostsRequest request, Stream<UsageRecord> sums) {
        return sums.filter(sum -> sum.from().isBefore(request.window().to())
                        && sum.to().isAfter(request.window().from()))
                .map(sum -> sum.count() + (sum.subject() == UsageRecord.Subject.TASK ? " tasks" : " hosts")
                        + " of cluster " + sum.cluster() + " that ended between " + sum.from() + " and " + sum.to()
                        + " are known only as a sum, spread evenly over that time:"
                        + " the history database was away for too long")
                .toList();
    }

    /** Absent parts are left out. */
    private static Map<String, Object> line(CostLine line) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "cluster", line.cluster());
        put(tree, "name", line.name());
        put(tree, "group", line.group());
        put(tree, "capacityProvider", line.capacityProvider());
        put(tree, "hostType", line.hostType());
        tree.put("tasks", line.tasks());
        tree.put("taskSeconds", line.used().seconds());
        tree.put("vcpuSeconds", perStep(line.used().cpuSeconds()));
        tree.put("gbSeconds", perStep(line.used().memorySeconds()));
        tree.put("storageGbSeconds", line.used().storageSeconds());
        tree.put("hosts", line.hosts());
        tree.put("hostSeconds", line.bought().seconds());
        tree.put("hostVcpuSeconds", perStep(line.bought().cpuSeconds()));
        tree.put("hostGbSeconds", perStep(line.bought().memorySeconds()));
        tree.put("cost", plain(BigDecimal.valueOf(line.micros(), 6)));
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, @Nullable String value) {
        if (value != null) tree.put(name, value);
    }

    private static BigDecimal perStep(long amount) {
        return plain(BigDecimal.valueOf(amount).divide(STEPS));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
