package io.staithe.core.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable revision of what to run, in the names of ECS's {@code TaskDefinition}. Only {@code status},
 * {@code deregisteredAt} and {@code tags} ever change.
 *
 * @param cpu CPU units that the whole task reserves; absent: the sum of its containers
 * @param memory MiB that the whole task reserves and may not exceed; absent: the sum of its containers
 */
public record TaskDefinition(
        String family,
        int revision,
        Status status,
        @Nullable String taskRoleArn,
        @Nullable String executionRoleArn,
        @Nullable NetworkMode networkMode,
        List<ContainerDefinition> containerDefinitions,
        List<Volume> volumes,
        List<PlacementConstraint> placementConstraints,
        List<String> requiresCompatibilities,
        @Nullable Integer cpu,
        @Nullable Integer memory,
        @Nullable String pidMode,
        @Nullable String ipcMode,
        @Nullable EphemeralStorage ephemeralStorage,
        @Nullable RuntimePlatform runtimePlatform,
        @Nullable Boolean enableFaultInjection,
        List<Tag> tags,
        @Nullable Instant registeredAt,
        @Nullable String registeredBy,
        @Nullable Instant deregisteredAt)
        implements Entity {

    /** ECS: 10 containers in a definition. */
    public static final int MAX_CONTAINERS = 10;

    /** A deregistered revision goes on serving what runs it. */
    public enum Status {
        ACTIVE,
        INACTIVE,
        DELETE_IN_PROGRESS
    }

    public TaskDefinition {
        Check.name(family, "family");
        Check.that(revision >= 1, "revision", "must be at least 1");
        containerDefinitions = Check.list(containerDefinitions);
        volumes = Check.list(volumes);
        placementConstraints = Check.list(placementConstraints);
        requiresCompatibilities = Check.list(requiresCompatibilities);
        tags = Check.list(tags);
        Check.atMost(tags, Tag.MAX_PER_RESOURCE, "tags");
        Check.that(!containerDefinitions.isEmpty(), "containerDefinitions", "is required");
        Check.atMost(containerDefinitions, MAX_CONTAINERS, "containerDefinitions");
        Check.atMost(placementConstraints, PlacementConstraint.MAX_PER_SERVICE, "placementConstraints");
        for (PlacementConstraint constraint : placementConstraints)
            Check.that(
                    constraint.type().equals("memberOf"),
                    "placementConstraints",
                    "must be of type memberOf in a task definition");
        requiresCompatibilities.forEach(c ->
                Check.oneOf(c, List.of("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"), "requiresCompatibilities"));
        Check.range(cpu, 128, 196_608, "cpu");
        Check.range(memory, 6, 1 << 24, "memory");
        Check.oneOf(pidMode, List.of("host", "task"), "pidMode");
        Check.oneOf(ipcMode, List.of("host", "task", "none"), "ipcMode");
        Composition.check(containerDefinitions, volumes, networkMode, cpu, memory);
        if (requiresCompatibilities.contains("FARGATE")) checkFargate(networkMode, cpu, memory, placementConstraints);
    }

    public TaskDefinitionId id() {
        return new TaskDefinitionId(family, revision);
    }

    @Override
    public Key key() {
        return Key.taskDefinition(id());
    }

    public NetworkMode networkModeOrDefault() {
        return networkMode == null ? NetworkMode.BRIDGE : networkMode;
    }

    public Optional<ContainerDefinition> container(String name) {
        return containerDefinitions.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** What a task of this definition keeps reserved on its host. */
    public Resources reserved() {
        int cpuUnits = cpu != null
                ? cpu
                : containerDefinitions.stream()
                        .mapToInt(ContainerDefinition::cpuUnits)
                        .sum();
        int memoryMib = memory != null
                ? memory
                : containerDefinitions.stream()
                        .mapToInt(ContainerDefinition::reservedMemoryMib)
                        .sum();
        Map<String, Integer> named = new HashMap<>();
        containerDefinitions.stream()
                .flatMap(c -> c.resourceRequirements().stream())
                .forEach(r -> named.merge(r.type(), r.count(), Integer::sum));
        Integer gpus = named.remove(ResourceRequirement.GPU);
        return new Resources(cpuUnits, memoryMib, gpus == null ? 0 : gpus, named);
    }

    /** The host ports that the definition fixes, as {@code tcp:80}. Ports that the runtime chooses are not among them. */
    public Set<HostPort> fixedHostPorts() {
        Set<HostPort> ports = new HashSet<>();
        NetworkMode mode = networkModeOrDefault();
        for (ContainerDefinition container : containerDefinitions)
            for (PortMapping mapping : container.portMappings())
                if (mode == NetworkMode.HOST)
                    for (int port = mapping.firstContainerPort(); port <= mapping.lastContainerPort(); port++)
                        ports.add(new HostPort(mapping.protocolOrDefault(), port));
                else if (mode == NetworkMode.BRIDGE && mapping.fixedHostPort() != 0)
                    ports.add(new HostPort(mapping.protocolOrDefault(), mapping.fixedHostPort()));
        return ports;
    }

    public TaskDefinition withStatus(Status to, @Nullable Instant deregistered) {
        return new TaskDefinition(
                family,
                revision,
                to,
                taskRoleArn,
                executionRoleArn,
                networkMode,
                containerDefinitions,
                volumes,
                placementConstraints,
                requiresCompatibilities,
                cpu,
                memory,
                pidMode,
                ipcMode,
                ephemeralStorage,
                runtimePlatform,
                enableFaultInjection,
                tags,
                registeredAt,
                registeredBy,
                deregistered);
    }

    /** The same with other containers. */
    public TaskDefinition withContainers(List<ContainerDefinition> to) {
        return new TaskDefinition(
                family,
                revision,
                status,
                taskRoleArn,
                executionRoleArn,
                networkMode,
                to,
                volumes,
                placementConstraints,
                requiresCompatibilities,
                cpu,
                memory,
                pidMode,
                ipcMode,
                ephemeralStorage,
                runtimePlatform,
                enableFaultInjection,
                tags,
                registeredAt,
                registeredBy,
                deregisteredAt);
    }

    public TaskDefinition withTags(List<Tag> to) {
        return new TaskDefinition(
                family,
                revision,
                status,
                taskRoleArn,
                executionRoleArn,
                networkMode,
                containerDefinitions,
                volumes,
                placementConstraints,
                requiresCompatibilities,
                cpu,
                memory,
                pidMode,
                ipcMode,
                ephemeralStorage,
                runtimePlatform,
                enableFaultInjection,
                to,
                registeredAt,
                registeredBy,
                deregisteredAt);
    }

    private static void checkFargate(
            @Nullable NetworkMode networkMode,
            @Nullable Integer cpu,
            @Nullable Integer memory,
            List<PlacementConstraint> placementConstraints) {
        Check.that(networkMode == NetworkMode.AWSVPC, "networkMode", "must be awsvpc for Fargate");
        Check.that(cpu != null, "cpu", "is required for Fargate");
        Check.that(memory != null, "memory", "is required for Fargate");
        Check.that(placementConstraints.isEmpty(), "placementConstraints", "are not supported on Fargate");
    }

    /** The rules that span the containers of one definition. */
    private static final class Composition {
        static void check(
                List<ContainerDefinition> containers,
                List<Volume> volumes,
                @Nullable NetworkMode networkMode,
                @Nullable Integer cpu,
                @Nullable Integer memory) {
            Set<String> volumeNames = new HashSet<>();
            for (int i = 0; i < volumes.size(); i++)
                Check.that(volumeNames.add(volumes.get(i).name()), "volumes[" + i + "].name", "is given twice");
            Map<String, ContainerDefinition> byName = new HashMap<>();
            for (int i = 0; i < containers.size(); i++)
                Check.that(
                        byName.put(containers.get(i).name(), containers.get(i)) == null,
                        "containerDefinitions[" + i + "].name",
                        "is given twice");
            Check.that(
                    containers.stream().anyMatch(ContainerDefinition::isEssential),
                    "containerDefinitions",
                    "at least one container must be essential");
            for (int i = 0; i < containers.size(); i++)
                checkContainer(
                        containers.get(i),
                        "containerDefinitions[" + i + "].",
                        byName,
                        volumeNames,
                        networkMode,
                        memory);
            checkNoCycle(containers, byName);
            checkSums(containers, cpu, memory);
        }

        private static void checkContainer(
                ContainerDefinition container,
                String at,
                Map<String, ContainerDefinition> byName,
                Set<String> volumeNames,
                @Nullable NetworkMode networkMode,
                @Nullable Integer taskMemory) {
            Check.that(
                    taskMemory != null || container.memory() != null || container.memoryReservation() != null,
                    at + "memory",
                    "at least one of memory and memoryReservation is required unless the task has memory");
            for (ContainerDependency dependency : container.dependsOn()) {
                ContainerDefinition other = byName.get(dependency.containerName());
                Check.that(other != null, at + "dependsOn", "no container is named " + dependency.containerName());
                Check.that(
                        dependency.condition() != ContainerDependency.Condition.HEALTHY
                                || (other != null && other.healthCheck() != null),
                        at + "dependsOn",
                        "HEALTHY needs a health check on " + dependency.containerName());
                boolean toItsEnd = dependency.condition() == ContainerDependency.Condition.COMPLETE
                        || dependency.condition() == ContainerDependency.Condition.SUCCESS;
                Check.that(
                        !toItsEnd || (other != null && !other.isEssential()),
                        at + "dependsOn",
                        "essential container " + dependency.containerName() + " must not be waited for to its end");
            }
            for (MountPoint mount : container.mountPoints())
                Check.that(
                        volumeNames.contains(mount.sourceVolume()),
                        at + "mountPoints",
                        "no volume is named " + mount.sourceVolume());
            for (VolumeFrom from : container.volumesFrom())
                Check.that(
                        byName.containsKey(from.sourceContainer())
                                && !from.sourceContainer().equals(container.name()),
                        at + "volumesFrom",
                        "no other container is named " + from.sourceContainer());
            boolean reachable = networkMode != NetworkMode.NONE && !Boolean.TRUE.equals(container.disableNetworking());
            checkReachable(container.healthCheck(), reachable, at + "healthCheck.command");
            checkReachable(container.readinessCheck(), reachable, at + "readinessCheck.command");
            for (int i = 0; i < container.portMappings().size(); i++)
                checkPort(container.portMappings().get(i), at + "portMappings[" + i + "].hostPort", networkMode);
        }

        private static void checkReachable(@Nullable HealthCheck check, boolean reachable, String at) {
            if (check == null || reachable) return;
            Check.that(!check.kind().isFromOutside(), at, "needs a network, which this container does not have");
        }

        private static void checkPort(PortMapping mapping, String at, @Nullable NetworkMode networkMode) {
            if (networkMode != NetworkMode.AWSVPC && networkMode != NetworkMode.HOST) return;
            Check.that(
                    mapping.fixedHostPort() == 0 || mapping.fixedHostPort() == mapping.firstContainerPort(),
                    at,
                    "must equal containerPort in network mode " + networkMode);
        }

        /** Follows dependsOn and volumesFrom: both decide the order of starting. */
        private static void checkNoCycle(
                List<ContainerDefinition> containers, Map<String, ContainerDefinition> byName) {
            Set<String> done = new HashSet<>();
            for (int i = 0; i < containers.size(); i++)
                visit(containers.get(i), byName, new HashSet<>(), done, "containerDefinitions[" + i + "].dependsOn");
        }

        private static void visit(
                ContainerDefinition container,
                Map<String, ContainerDefinition> byName,
                Set<String> path,
                Set<String> done,
                String at) {
            if (done.contains(container.name())) return;
            Check.that(path.add(container.name()), at, "must not form a circle");
            for (ContainerDependency dependency : container.dependsOn())
                follow(dependency.containerName(), byName, path, done, at);
            for (VolumeFrom from : container.volumesFrom()) follow(from.sourceContainer(), byName, path, done, at);
            path.remove(container.name());
            done.add(container.name());
        }

        private static void follow(
                String name, Map<String, ContainerDefinition> byName, Set<String> path, Set<String> done, String at) {
            ContainerDefinition next = byName.get(name);
            if (next != null) visit(next, byName, path, done, at);
        }

        private static void checkSums(
                List<ContainerDefinition> containers, @Nullable Integer cpu, @Nullable Integer memory) {
            int cpuSum =
                    containers.stream().mapToInt(ContainerDefinition::cpuUnits).sum();
            int memorySum = containers.stream()
                    .mapToInt(ContainerDefinition::reservedMemoryMib)
                    .sum();
            if (cpu != null)
                Check.that(
                        cpuSum <= cpu,
                        "cpu",
                        "the containers' cpu adds up to " + cpuSum + ", more than the task's " + cpu);
            if (memory != null)
                Check.that(
                        memorySum <= memory,
                        "memory",
                        "the containers' memory adds up to " + memorySum + " MiB, more than the task's " + memory);
            if (memory != null)
                for (int i = 0; i < containers.size(); i++) {
                    Integer hard = containers.get(i).memory();
                    Check.that(
                            hard == null || hard <= memory,
                            "containerDefinitions[" + i + "].memory",
                            "must be at most the task's memory, " + memory);
                }
        }
    }
}
