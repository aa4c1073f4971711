package io.staithe.server.manifest;

import io.staithe.core.model.Check;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostGroup.Isolation;
import io.staithe.core.model.HostType;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.UnitPrices;
import io.staithe.server.ecs.Shapes;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host group as files declare it, for AWS's API has no shape for one: in dollars, cores and spans of time. The rules are the
 * model's, and are told of the fields under the names that they have here.
 *
 * @param prices what is charged in Fargate mode; absent: Fargate's
 * @param budgetPerHour dollars
 */
public record HostGroupForm(
        String name,
        String provider,
        @Nullable String cluster,
        @Nullable Isolation fargate,
        boolean anySize,
        List<HostTypeForm> types,
        @Nullable Prices prices,
        int min,
        int max,
        @Nullable BigDecimal budgetPerHour,
        Duration joinDeadline,
        Duration emptyFor,
        Duration minimumLife,
        @Nullable Consolidation consolidation,
        List<Warm> warm,
        Map<String, String> settings) {
    private static final Map<String, String> NAMES = Map.of(
            "minHosts", "min",
            "maxHosts", "max",
            "microsPerHourBudget", "budgetPerHour",
            "joinSeconds", "joinDeadline",
            "emptySeconds", "emptyFor",
            "minimumLifeSeconds", "minimumLife");

    public HostGroupForm {
        types = Check.list(types);
        warm = Check.list(warm);
        settings = Check.map(settings);
    }

    /** Dollars for a core, a GiB and a GiB of ephemeral storage over an hour, and what spot tasks cost of the first two. */
    public record Prices(BigDecimal vcpuHour, BigDecimal gbHour, int spotPercent, BigDecimal storageGbHour) {
        private static final Map<String, String> NAMES = Map.of(
                "microsPerVcpuHour",
                "vcpuHour",
                "microsPerGbHour",
                "gbHour",
                "microsPerStorageGbHour",
                "storageGbHour");

        static Prices of(UnitPrices prices) {
            return new Prices(
                    Amounts.dollars(prices.microsPerVcpuHour()),
                    Amounts.dollars(prices.microsPerGbHour()),
                    prices.spotPercent(),
                    Amounts.dollars(prices.microsPerStorageGbHour()));
        }

        UnitPrices read() {
            long vcpu = Amounts.micros(vcpuHour, "vcpuHour");
            long gb = Amounts.micros(gbHour, "gbHour");
            long storage = Amounts.micros(storageGbHour, "storageGbHour");
            return Amounts.named(NAMES, () -> new UnitPrices(vcpu, gb, spotPercent, storage));
        }
    }

    /** When tasks may be moved so that fewer or cheaper hosts suffice. */
    public record Consolidation(int minimumSavingPercent, Duration interval, List<Rebalancing.Window> windows) {
        private static final Map<String, String> NAMES = Map.of("intervalSeconds", "interval");

        public Consolidation {
            windows = Check.list(windows);
        }

        static Consolidation of(HostGroup.Consolidation consolidation) {
            return new Consolidation(
                    consolidation.minimumSavingPercent(),
                    Duration.ofSeconds(consolidation.intervalSeconds()),
                    consolidation.windows());
        }

        HostGroup.Consolidation read() {
            int seconds = Amounts.seconds(interval, "interval");
            return Amounts.named(NAMES, () -> new HostGroup.Consolidation(minimumSavingPercent, seconds, windows));
        }
    }

    /** Room that is kept ready for {@code count} tasks of this size. */
    public record Warm(BigDecimal vcpu, String memory, int count) {
        private static final Map<String, String> NAMES = Map.of("task", "vcpu");

        static Warm of(HostGroup.Warm warm) {
            return new Warm(Amounts.cores(warm.task().cpu()), Amounts.mebibytes(warm.task()), warm.count());
        }

        HostGroup.Warm read() {
            return Amounts.named(NAMES, () -> new HostGroup.Warm(Amounts.resources(vcpu, memory, 0, Map.of()), count));
        }
    }

    /** As a file would declare it. */
    public static HostGroupForm of(HostGroup group) {
        return new HostGroupForm(
                group.name(),
                group.provider(),
                group.cluster(),
                group.fargate(),
                group.anySize(),
                group.types().stream().map(HostTypeForm::of).toList(),
                group.unitPrices().equals(UnitPrices.FARGATE) ? null : Prices.of(group.unitPrices()),
                group.minHosts(),
                group.maxHosts(),
                group.microsPerHourBudget() == null ? null : Amounts.dollars(group.microsPerHourBudget()),
                Duration.ofSeconds(group.joinSeconds()),
                Duration.ofSeconds(group.emptySeconds()),
                Duration.ofSeconds(group.minimumLifeSeconds()),
                group.consolidation() == null ? null : Consolidation.of(group.consolidation()),
                group.warm().stream().map(Warm::of).toList(),
                group.settings());
    }

    /** @throws Invalid for a field that breaks a rule */
    public HostGroup read(Instant createdAt) {
        List<HostType> catalogue = new ArrayList<>();
        for (HostTypeForm type : types) catalogue.add(Shapes.within("types[" + catalogue.size() + "]", type::read));
        List<HostGroup.Warm> room = new ArrayList<>();
        for (Warm each : warm) room.add(Shapes.within("warm[" + room.size() + "]", each::read));
        return Amounts.named(
                NAMES,
                () -> new HostGroup(
                        name,
                        provider,
                        cluster,
                        fargate,
                        anySize,
                        catalogue,
                        prices == null ? UnitPrices.FARGATE : Shapes.within("prices", prices::read),
                        min,
                        max,
                        budgetPerHour == null ? null : Amounts.micros(budgetPerHour, "budgetPerHour"),
                        Amounts.seconds(joinDeadline, "joinDeadline"),
                        Amounts.seconds(emptyFor, "emptyFor"),
                        Amounts.seconds(minimumLife, "minimumLife"),
                        consolidation == null ? null : Shapes.within("consolidation", consolidation::read),
                        room,
                        settings,
                        createdAt));
    }
}
