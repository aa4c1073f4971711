package io.staithe.core.capacity;

import io.staithe.core.World;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostType;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import io.staithe.core.model.UnitPrices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Host groups and hosts of tests, with what matters there. */
public final class GivenHost {
    public static final InstanceId ID = new InstanceId("0123456789abcdef0123456789abcdef");

    private GivenHost() {}

    /** 1 vCPU and 2 GB after the overhead, for 4 cents an hour; a third of that on the spot market. */
    public static HostType small() {
        return type("small", 1024, 2048, 40_000);
    }

    /** Its overhead is 256 CPU units and 512 MiB beyond what it is said to offer. */
    public static HostType type(String name, int cpu, int memory, long micros) {
        return new HostType(
                name,
                new Resources(cpu + 256, memory + 512, 0),
                new Resources(256, 512, 0),
                "X86_64",
                List.of(),
                micros,
                micros / 3,
                10,
                null);
    }

    /** Without types hosts are made to measure. */
    public static HostGroup fargate(HostGroup.Isolation isolation, HostType... types) {
        return group("fargate", null, isolation, 0, 10, null, types);
    }

    public static HostGroup group(String name, int min, int max, HostType... types) {
        return group(name, World.CLUSTER, null, min, max, null, types);
    }

    public static HostGroup group(
            String name,
            @Nullable String cluster,
            HostGroup.@Nullable Isolation fargate,
            int min,
            int max,
            @Nullable Long budget,
            HostType... types) {
        return new HostGroup(
                name,
                "local",
                cluster,
                fargate,
                false,
                List.of(types),
                UnitPrices.FARGATE,
                min,
                max,
                budget,
                60,
                30,
                0,
                null,
                List.of(),
                Map.of(),
                Instant.EPOCH);
    }

    public static ProvisionedHost requested(HostGroup group, boolean dedicated, Instant at) {
        return requested(group, "FARGATE", dedicated, at);
    }

    public static ProvisionedHost requested(HostGroup group, String capacityProvider, Instant at) {
        return requested(group, capacityProvider, false, at);
    }

    private static ProvisionedHost requested(HostGroup group, String capacityProvider, boolean dedicated, Instant at) {
        return new ProvisionedHost(
                ID,
                group.name(),
                group.provider(),
                capacityProvider,
                World.CLUSTER,
                "small",
                new Resources(1024, 2048, 0),
                "X86_64",
                false,
                dedicated,
                null,
                40_000,
                ProvisionedHost.Status.REQUESTED,
                "a test",
                "a reason",
                at,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
