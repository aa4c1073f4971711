package io.staithe.core;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.JobRun;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task for tests: one of RunTask that waits for a host, unless a test asks for something else. */
public final class GivenTask {
    private final TaskId id;
    private TaskDefinitionId definition = new TaskDefinitionId("web", 1);
    private String group = "family:web";
    private @Nullable ServiceId service;
    private @Nullable DeploymentId deployment;
    private @Nullable Integer slot;
    private Resources reserved = new Resources(128, 128, 0);
    private Set<HostPort> hostPorts = Set.of();
    private List<LoadBalancerMapping> loadBalancers = List.of();
    private List<PlacementConstraint> constraints = List.of();
    private List<PlacementStrategy> strategy = List.of();
    private @Nullable PlacementPolicy policy;
    private @Nullable InstanceId instance;
    private @Nullable JobRun job;
    private LastStatus lastStatus = LastStatus.PROVISIONING;
    private Instant createdAt = Instant.parse("2026-01-01T00:00:00Z");

    private GivenTask(int number) {
        id = new TaskId(String.format("%032x", number));
    }

    /** @param number tells it from others, and orders them */
    public static GivenTask task(int number) {
        return new GivenTask(number);
    }

    public GivenTask of(TaskDefinition from) {
        definition = from.id();
        reserved = from.reserved();
        hostPorts = from.fixedHostPorts();
        return this;
    }

    public GivenTask of(Service owner, int inSlot) {
        service = owner.id();
        deployment = owner.deployment();
        group = owner.taskGroup();
        slot = inSlot;
        loadBalancers = owner.revision().loadBalancers();
        return this;
    }

    public GivenTask ofDaemon(String name) {
        service = new ServiceId(World.CLUSTER, name);
        group = "service:" + name;
        return this;
    }

    public GivenTask group(String to) {
        group = to;
        return this;
    }

    public GivenTask deployment(DeploymentId to) {
        deployment = to;
        return this;
    }

    public GivenTask needs(int cpu, int memory, int gpus) {
        reserved = new Resources(cpu, memory, gpus);
        return this;
    }

    public GivenTask ports(HostPort... ports) {
        hostPorts = Set.of(ports);
        return this;
    }

    public GivenTask behind(LoadBalancerMapping... mappings) {
        loadBalancers = List.of(mappings);
        return this;
    }

    public GivenTask constraint(String type, @Nullable String expression) {
        constraints = List.of(new PlacementConstraint(type, expression));
        return this;
    }

    public GivenTask constraints(List<PlacementConstraint> all) {
        constraints = all;
        return this;
    }

    public GivenTask strategy(PlacementStrategy... strategies) {
        strategy = List.of(strategies);
        return this;
    }

    public GivenTask policy(PlacementPolicy to) {
        policy = to;
        return this;
    }

    /** The first task of a job of its own. */
    public GivenTask ofJob() {
        job = new JobRun(id, 1);
        return this;
    }

    public GivenTask createdAt(Instant at) {
        createdAt = at;
        return this;
    }

    public GivenTask on(ContainerInstance host, LastStatus status) {
        instance = host.id();
        lastStatus = status;
        return this;
    }

    public Task build() {
        return new Task(
                id,
                World.CLUSTER,
                definition,
                group,
                null,
                service,
                deployment,
                slot,
                null,
                null,
                TaskOverride.NONE,
                reserved,
                hostPorts,
                loadBalancers,
                constraints,
                strategy,
                policy,
                instance,
                lastStatus,
                DesiredStatus.RUNNING,
                createdAt,
                instance == null ? null : createdAt,
                null,
                null,
                null,
                null,
                lastStatus == LastStatus.STOPPED ? createdAt : null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                job);
    }
}
