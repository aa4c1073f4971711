package io.staithe.simulation;

import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostGroup.Consolidation;
import io.staithe.core.model.HostType;
import io.staithe.core.model.Resources;
import io.staithe.core.model.UnitPrices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hosts that may be bought for tasks on Fargate. */
final class FargateGroup {
    static final String NAME = "fargate";

    static final int INTERVAL_SECONDS = 60;

    /** Twice as many as a service of the run may have tasks, and one on its way out for each. */
    private static final int MAX_HOSTS = 8;
    /** For twice as many tasks as a service of the run may have, in millionths of a dollar an hour. */
    private static final long BUDGET = 300_000;

    private FargateGroup() {}

    /** A host for each task. */
    static HostGroup dedicated(Instant at) {
        return of(HostGroup.Isolation.DEDICATED, List.of(), null, null, at);
    }

    /** Tasks share hosts of two types, of which those go that cost too much. */
    static HostGroup packed(Instant at) {
        return of(
                HostGroup.Isolation.PACKED,
                List.of(type("small", 512, 256, 20_000), type("large", 2048, 1024, 70_000)),
                BUDGET,
                new Consolidation(10, INTERVAL_SECONDS, List.of()),
                at);
    }

    private static HostType type(String name, int cpu, int memory, long micros) {
        Resources size = new Resources(cpu, memory, 0);
        return new HostType(name, size, Resources.NONE, "X86_64", List.of(), micros, micros / 3, 5, null);
    }

    private static HostGroup of(
            HostGroup.Isolation isolation,
            List<HostType> types,
            @Nullable Long budget,
            @Nullable Consolidation consolidation,
            Instant at) {
        return new HostGroup(
                NAME,
                Cloud.NAME,
                null,
                isolation,
                false,
                types,
                UnitPrices.FARGATE,
                0,
                MAX_HOSTS,
                budget,
                40,
                20,
                0,
                consolidation,
                List.of(),
                Map.of(),
                at);
    }
}
