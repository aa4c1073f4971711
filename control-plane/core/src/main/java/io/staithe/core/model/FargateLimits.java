package io.staithe.core.model;

import java.util.List;

/**
 * What Fargate does not let a task do, as it would reach beyond the task to its host (ECS developer guide, "Task definition
 * differences for the Fargate launch type"). Checked when a definition is registered, and not when a stored one is read: what was
 * admitted once can be read for ever.
 */
public final class FargateLimits {
    /** The one capability that may be added. */
    private static final String TRACE = "SYS_PTRACE";

    private FargateLimits() {}

    /**
     * @param anySize whether any amounts of CPU and memory will do
     * @throws Invalid for the first thing that a definition for Fargate must not ask for
     */
    public static void check(TaskDefinition definition, boolean anySize) {
        if (!definition.requiresCompatibilities().contains("FARGATE")) return;
        Integer cpu = definition.cpu();
        Integer memory = definition.memory();
        Check.that(
                anySize || (cpu != null && memory != null && FargateSize.exists(cpu, memory)),
                "memory",
                "No Fargate configuration exists for given values: " + cpu + " CPU, " + memory + " memory");
        checkOnHost(definition);
    }

    /**
     * The same for a definition that is about to run on a host that is for Fargate, whatever it says that it requires: what a
     * control plane has let through by mistake does not get at the host.
     *
     * @throws Invalid for the first thing that it must not ask for
     */
    public static void checkOnHost(TaskDefinition definition) {
        refuse(definition.networkModeOrDefault() == NetworkMode.HOST, "networkMode host");
        refuse("host".equals(definition.pidMode()), "pidMode host");
        refuse(definition.ipcMode() != null, "ipcMode");
        for (int i = 0; i < definition.volumes().size(); i++) {
            Volume.Host host = definition.volumes().get(i).host();
            boolean outside = host != null
                    && host.sourcePath() != null
                    && !host.sourcePath().isEmpty();
            refuse(outside, "volumes[" + i + "].host.sourcePath");
        }
        for (int i = 0; i < definition.containerDefinitions().size(); i++)
            check(definition.containerDefinitions().get(i), "containerDefinitions[" + i + "].");
    }

    private static void check(ContainerDefinition container, String in) {
        refuse(Boolean.TRUE.equals(container.privileged()), in + "privileged");
        refuse(Boolean.TRUE.equals(container.disableNetworking()), in + "disableNetworking");
        refuse(!container.links().isEmpty(), in + "links");
        refuse(!container.extraHosts().isEmpty(), in + "extraHosts");
        refuse(!container.dnsServers().isEmpty(), in + "dnsServers");
        refuse(!container.dnsSearchDomains().isEmpty(), in + "dnsSearchDomains");
        refuse(!container.dockerSecurityOptions().isEmpty(), in + "dockerSecurityOptions");
        if (container.linuxParameters() != null) check(container.linuxParameters(), in + "linuxParameters.");
    }

    private static void check(LinuxParameters linux, String in) {
        refuse(!linux.devices().isEmpty(), in + "devices");
        refuse(!linux.tmpfs().isEmpty(), in + "tmpfs");
        refuse(linux.sharedMemorySize() != null, in + "sharedMemorySize");
        refuse(linux.maxSwap() != null, in + "maxSwap");
        refuse(linux.swappiness() != null, in + "swappiness");
        List<String> added =
                linux.capabilities() == null ? List.of() : linux.capabilities().add();
        refuse(!added.stream().allMatch(TRACE::equals), in + "capabilities.add other than " + TRACE);
    }

    private static void refuse(boolean asked, String field) {
        Check.that(!asked, field, "is not supported on Fargate");
    }
}
