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
import software.amazon.awssdk.services.ecs.model.HealthStatus;

/** A task as ECS shows it: what the control plane decided, joined with what the host reports. */
final class TaskView {
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
        boolean fargate = "FARGATE".equals(task.launchType());
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
                .launchType(task.launchType() == null ? "EC2" : task.launchType())
                .capacityProviderName(task.capacityProvider())
                .cpu(String.valueOf(task.reserved().cpu()))
                .memory(String.valueOf(task.reserved().memory()))
                .platformVersion(fargate ? "LATEST" : null)
                .platformFamily(fargate ? "Linux" : null)
                .version(state.revisionOf(task.key()))
                .enableExecuteCommand(false)
                .containers(definition.stream()
                        .flatMap(known -> known.containerDefinitions().stream())
                        .map(container -> container(task, container, report))
                        .toList())
                .build();
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
