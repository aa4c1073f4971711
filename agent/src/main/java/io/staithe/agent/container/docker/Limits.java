package io.staithe.agent.container.docker;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ulimit;
import io.staithe.agent.container.ContainerSpec;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.LinuxParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much CPU and memory a container may use. */
final class Limits {
    /** The kernel's least share, which ECS gives to a container without CPU units. */
    private static final int MIN_CPU_SHARES = 2;

    private static final int CPU_UNITS_PER_CORE = 1024;
    private static final long CPU_PERIOD_MICROS = 100_000;
    /** A container that its task leaves nothing for still gets a sixteenth of a core, or it would hardly start. */
    private static final int MIN_CEILING_CPU_UNITS = 64;

    private static final long MIB = 1024L * 1024;

    private Limits() {}

    static void apply(ContainerSpec spec, HostConfig host) {
        ContainerDefinition container = spec.container();
        host.withCpuShares(Math.max(MIN_CPU_SHARES, container.cpuUnits()));
        Integer taskCpuUnits = spec.task().cpuUnits();
        if (taskCpuUnits != null)
            host.withCpuPeriod(CPU_PERIOD_MICROS)
                    .withCpuQuota(ceilingCpuUnits(spec.task(), container, taskCpuUnits)
                            * CPU_PERIOD_MICROS
                            / CPU_UNITS_PER_CORE);
        memory(spec, host);
        ulimits(container, host);
    }

    /**
     * A task's CPU is a ceiling. Each container gets the units that it names and an equal part of what no container
     * names, so that together they never pass it.
     */
    static long ceilingCpuUnits(TaskSpec task, ContainerDefinition container, int taskCpuUnits) {
        List<ContainerDefinition> containers = task.definition().containerDefinitions();
        int named = containers.stream().mapToInt(ContainerDefinition::cpuUnits).sum();
        int share = Math.max(0, taskCpuUnits - named) / containers.size();
        return Math.max(MIN_CEILING_CPU_UNITS, container.cpuUnits() + share);
    }

    /** Without {@code maxSwap} there is no swap: a container that passes its limit is killed rather than slow. */
    private static void memory(ContainerSpec spec, HostConfig host) {
        ContainerDefinition container = spec.container();
        LinuxParameters linux = container.linuxParameters();
        Integer hardMib = hardLimitMib(spec);
        if (hardMib != null) {
            int swapMib = linux == null || linux.maxSwap() == null ? 0 : linux.maxSwap();
            host.withMemory(hardMib * MIB).withMemorySwap((hardMib + (long) swapMib) * MIB);
        }
        if (container.memoryReservation() != null) host.withMemoryReservation(container.memoryReservation() * MIB);
        if (linux != null && linux.swappiness() != null) host.withMemorySwappiness((long) linux.swappiness());
        if (linux != null && linux.sharedMemorySize() != null) host.withShmSize(linux.sharedMemorySize() * MIB);
    }

    private static @Nullable Integer hardLimitMib(ContainerSpec spec) {
        return spec.container().memory() != null
                ? spec.container().memory()
                : spec.task().memoryMib();
    }

    private static void ulimits(ContainerDefinition container, HostConfig host) {
        if (container.ulimits().isEmpty()) return;
        host.withUlimits(container.ulimits().stream()
                .map(limit -> new Ulimit(limit.name(), (long) limit.softLimit(), (long) limit.hardLimit()))
                .toList());
    }
}
