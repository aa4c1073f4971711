package io.staithe.core;

import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostType;
import io.staithe.core.model.Resources;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@link Sample} draws for the components of host groups, capacity providers and hosts that are bought. */
final class CapacitySamples {
    static final Map<String, Function<Sample, @Nullable Object>> RULES = rules();

    private CapacitySamples() {}

    private static Map<String, Function<Sample, @Nullable Object>> rules() {
        Map<String, Function<Sample, @Nullable Object>> rules = new HashMap<>();
        rules.put("HostType.name", s -> "m" + s.upTo(1_000_000) + ".large");
        rules.put("HostType.size", s -> new Resources(s.between(1024, 9000), s.between(1024, 9000), s.upTo(3)));
        rules.put("HostType.overhead", s -> new Resources(s.upTo(1000), s.upTo(1000), 0));
        rules.put("architecture", s -> s.pick("X86_64", "ARM64"));
        rules.put("zones", s -> s.pick(List.of(), List.of("zone-a", "zone-b")));
        for (String price : List.of(
                "microsPerHour",
                "spotMicrosPerHour",
                "microsPerHourBudget",
                "microsPerVcpuHour",
                "microsPerGbHour",
                "microsPerStorageGbHour")) rules.put(price, s -> 1L + s.upTo(1_000_000));
        rules.put("spotPercent", s -> s.between(1, 100));
        rules.put("HostGroup.provider", s -> s.pick("local", "static", "kubernetes", "ec2"));
        rules.put("HostGroup.fargate", s -> s.pick(HostGroup.Isolation.values()));
        rules.put("HostGroup.cluster", Sample::name);
        rules.put("HostGroup.types", CapacitySamples::types);
        rules.put("minHosts", s -> s.pick(0, 0, s.upTo(10)));
        rules.put("maxHosts", s -> s.between(10, 1000));
        rules.put("joinSeconds", s -> s.between(10, 3600));
        rules.put("HostGroup.settings", s -> s.pick(Map.of(), Map.of("subnet", "subnet-1")));
        rules.put("minimumSavingPercent", s -> s.between(1, 99));
        rules.put("intervalSeconds", s -> s.between(60, 86_400));
        rules.put("Warm.task", s -> new Resources(s.between(256, 1024), s.between(512, 2048), 0));
        rules.put("Warm.count", s -> s.between(1, 9));
        rules.put("CapacityProvider.name", s -> "pool-" + s.upTo(20));
        rules.put("hostGroup", Sample::name);
        rules.put("managedTerminationProtection", s -> false);
        rules.put("targetCapacity", s -> s.between(1, 100));
        rules.put("minimumScalingStepSize", s -> s.between(1, 10));
        rules.put("maximumScalingStepSize", s -> s.between(10, 10_000));
        rules.put("Hindrance.capacityProvider", s -> s.pick("FARGATE", "pool"));
        rules.put("Hindrance.code", s -> s.pick("MAX_HOSTS", "BUDGET"));
        rules.put("Hindrance.message", s -> "the group has its " + s.upTo(9) + " hosts");
        usage(rules);
        return rules;
    }

    private static void usage(Map<String, Function<Sample, @Nullable Object>> rules) {
        rules.put("UsageRecord.id", s -> s.hex(32));
        rules.put("UsageRecord.from", s -> Instant.ofEpochSecond(s.upTo(1_000_000)));
        rules.put("UsageRecord.to", s -> Instant.ofEpochSecond(1_000_000 + s.upTo(1_000_000)));
        rules.put("UsageRecord.count", s -> 1L + s.upTo(9));
        for (String amount : List.of("seconds", "cpuSeconds", "memorySeconds", "storageSeconds", "micros"))
            rules.put("UsageAmounts." + amount, s -> (long) s.upTo(1_000_000));
    }

    private static List<Object> types(Sample sample) {
        return List.of(sample.of(HostType.class));
    }
}
