package io.staithe.server.ecs;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.EphemeralStorage;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.TaskEphemeralStorage;

/** A task as ECS shows it: what the control plane decided, joined with what the host reports. */
final class TaskView {
    private static final int DEFAULT_SCRATCH_GIB = 20;

    private final ClusterState state;
    private final Arns arns;

    TaskView(ClusterState state, Arns arns) {
        this.state = state;
        this.arns = arns;
    }

    software.amazon.awssdk.services.ecs.model.Task of(Task task, boolean withTags) {
        Optional<TaskReport> report = state.report(task.id());
        Optional<ContainerInstance> host = Optional.ofNullable(task.instance()).flatMap(state::instance);
        Optional<TaskDefinition> definition = state.taskDefinition(task.taskDefinition());
        boolean fargate = FargatePlatform.isFargate(task);
        int scratch = fargate ? scratchGib(task, definition) : 0;
        var view = software.amazon.awssdk.services.ecs.model.Task.builder().healthStatus(HealthStatus.UNKNOWN);
        report.ifPresent(
                known -> Shapes.write(known, view, "lastStatus", "containers", "startedAt", "stoppedAt", "stopCode"));
        Shapes.write(task, view, "tags");
        if (withTags) view.tags(Requests.tagViews(task.tags()));
        host.ifPresent(instance -> {
            view.containerInstanceArn(arns.containerInstance(task.cluster(), instance.id()));
            view.availabilityZone(
                    instance.attribute(Attribute.AVAILABILITY_ZONE).orElse(null));
            view.connectivity(instance.isConnected() ? Connectivity.CONNECTED : Connectivity.DISCONNECTED);
            view.connectivityAt(instance.isConnected() ? task.placedAt() : instance.disconnectedSince());
        });
        return view.taskArn(arns.task(task.cluster(), task.id()))
                .clusterArn(arns.cluster(task.cluster()))
                .taskDefinitionArn(arns.taskDefinition(task.taskDefinition()))
                .launchType(fargate ? "FARGATE" : task.launchType() == null ? "EC2" : task.launchType())
                .capacityProviderName(task.capacityProvider())
                .cpu(String.valueOf(task.reserved().cpu()))
                .memory(String.valueOf(task.reserved().memory()))
                .platformVersion(fargate ? FargatePlatform.VERSION : null)
                .platformFamily(fargate ? FargatePlatform.FAMILY : null)
                .ephemeralStorage(
                        fargate ? EphemeralStorage.builder().sizeInGiB(scratch).build() : null)
                .fargateEphemeralStorage(
                        fargate
                                ? TaskEphemeralStorage.builder()
                                        .sizeInGiB(scratch)
                                        .build()
                                : null)
                .version(state.revisionOf(task.key()))
                .enableExecuteCommand(false)
                .containers(definition.stream()
                        .flatMap(known -> known.containerDefinitions().stream())
                        .map(container -> container(task, container, report))
                        .toList())
                .build();
    }

    /** As RunTask asked for, else the definition; ECS gives 20 GiB to those that do not ask. */
    private static int scratchGib(Task task, Optional<TaskDefinition> definition) {
        return Optional.ofNullable(task.overrides().ephemeralStorage())
                .or(() -> definition.map(TaskDefinition::ephemeralStorage))
                .map(asked -> asked.sizeInGiB())
                .orElse(DEFAULT_SCRATCH_GIB);
    }

    private Container container(Task task, ContainerDefinition definition, Optional<TaskReport> report) {
        Container.Builder view = Container.builder()
                .lastStatus(task.isStopped() ? "STOPPED" : "PENDING")
                .healthStatus(HealthStatus.UNKNOWN);
        Optional<ContainerReport> known = report.flatMap(r -> r.container(definition.name()));
        known.ifPresent(container -> Shapes.write(container, view));
        return view.containerArn(arns.container(task.cluster(), task.id(), definition.name()))
                .taskArn(arns.task(task.cluster(), task.id()))
                .name(definition.name())
                .image(definition.image())
                .cpu(String.valueOf(definition.cpuUnits()))
                .memory(text(definition.memory()))
                .memoryReservation(text(definition.memoryReservation()))
                .networkInterfaces(List.of())
                .build();
    }

    private static @Nullable String text(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }
}
