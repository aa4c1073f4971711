package io.staithe.server.ecs;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Service;
import io.staithe.core.state.ClusterState;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

/** A cluster as ECS shows it. */
final class ClusterView {
    private ClusterView() {}

    static software.amazon.awssdk.services.ecs.model.Cluster of(
            Cluster cluster, ClusterState state, Arns arns, Collection<ClusterField> include) {
        var view =
                Shapes.write(cluster, software.amazon.awssdk.services.ecs.model.Cluster.builder(), "tags", "settings");
        if (include.contains(ClusterField.TAGS)) view.tags(Requests.tagViews(cluster.tags()));
        if (include.contains(ClusterField.SETTINGS))
            view.settings(Shapes.writeList(cluster.settings(), ClusterSetting::builder));
        return view.clusterName(cluster.name())
                .clusterArn(arns.cluster(cluster.name()))
                .registeredContainerInstancesCount(count(
                        state.instancesOf(cluster.name()).toList(),
                        host -> host.status() != ContainerInstance.Status.INACTIVE))
                .runningTasksCount(count(state.tasksIn(cluster.name()).toList(), Counts::running))
                .pendingTasksCount(count(state.tasksIn(cluster.name()).toList(), Counts::pending))
                .activeServicesCount(count(
                        state.servicesOf(cluster.name()).toList(),
                        service -> service.status() == Service.Status.ACTIVE))
                .statistics(include.contains(ClusterField.STATISTICS) ? statistics(cluster, state) : List.of())
                .build();
    }

    /** ECS keeps these by launch type; a task without one counts as EC2's. */
    private static List<KeyValuePair> statistics(Cluster cluster, ClusterState state) {
        var tasks = state.tasksIn(cluster.name()).toList();
        var services = state.servicesOf(cluster.name()).toList();
        return List.of(
                statistic("runningEC2TasksCount", count(tasks, t -> Counts.running(t) && !isFargate(t.launchType()))),
                statistic(
                        "runningFargateTasksCount", count(tasks, t -> Counts.running(t) && isFargate(t.launchType()))),
                statistic("pendingEC2TasksCount", count(tasks, t -> Counts.pending(t) && !isFargate(t.launchType()))),
                statistic(
                        "pendingFargateTasksCount", count(tasks, t -> Counts.pending(t) && isFargate(t.launchType()))),
                statistic(
                        "activeEC2ServiceCount",
                        count(
                                services,
                                s -> is(s, Service.Status.ACTIVE)
                                        && !isFargate(s.revision().launchType()))),
                statistic(
                        "activeFargateServiceCount",
                        count(
                                services,
                                s -> is(s, Service.Status.ACTIVE)
                                        && isFargate(s.revision().launchType()))),
                statistic(
                        "drainingEC2ServiceCount",
                        count(
                                services,
                                s -> is(s, Service.Status.DRAINING)
                                        && !isFargate(s.revision().launchType()))),
                statistic(
                        "drainingFargateServiceCount",
                        count(
                                services,
                                s -> is(s, Service.Status.DRAINING)
                                        && isFargate(s.revision().launchType()))));
    }

    private static KeyValuePair statistic(String name, int value) {
        return KeyValuePair.builder().name(name).value(String.valueOf(value)).build();
    }

    private static boolean is(Service service, Service.Status status) {
        return service.status() == status;
    }

    private static boolean isFargate(@Nullable String launchType) {
        return "FARGATE".equals(launchType);
    }

    private static <T> int count(List<T> items, Predicate<T> condition) {
        return (int) items.stream().filter(condition).count();
    }
}
