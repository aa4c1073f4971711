package io.staithe.core.state;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Job;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Service;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The questions that {@link ClusterState} answers without a scan: each says under which value an object is found. */
enum Index {
    KIND(entity -> entity.key().kind().name()),
    TASK_DEFINITIONS_BY_FAMILY(entity -> entity instanceof TaskDefinition definition ? definition.family() : null),
    SERVICES_BY_CLUSTER(entity -> entity instanceof Service service ? service.cluster() : null),
    DAEMONS_BY_CLUSTER(
            entity -> entity instanceof Service service && service.isActiveDaemon() ? service.cluster() : null),
    SERVICES_WITH_HEADROOM_BY_CLUSTER(
            entity -> entity instanceof Service service && service.keepsHeadroom() ? service.cluster() : null),
    /** All under one value. */
    SERVICES_WITH_ALARMS(entity -> entity instanceof Service service
                    && service.deploymentConfiguration().alarms() != null
            ? ""
            : null),
    /** All under one value. */
    SERVICES_SHIFTING_TRAFFIC(entity -> entity instanceof Service service && service.shiftsTraffic() ? "" : null),
    DEPLOYMENTS_BY_SERVICE(entity ->
            entity instanceof Deployment deployment ? deployment.service().value() : null),
    TASKS_BY_CLUSTER(entity -> entity instanceof Task task ? task.cluster() : null),
    TASKS_BY_SERVICE(entity -> entity instanceof Task task && task.service() != null
            ? task.service().value()
            : null),
    TASKS_BY_INSTANCE(entity -> entity instanceof Task task && task.instance() != null
            ? task.instance().value()
            : null),
    ACTIVE_JOBS_BY_SCHEDULE(entity -> entity instanceof Job job && job.isActive() && job.schedule() != null
            ? job.cluster() + "/" + job.schedule()
            : null),
    /** All under one value. */
    EDGE_HOSTS(entity -> entity instanceof ContainerInstance instance && instance.edge() ? "" : null),
    PROVISIONED_BY_CLUSTER(entity -> entity instanceof ProvisionedHost host ? host.cluster() : null),
    INSTANCES_BY_CLUSTER(entity -> entity instanceof ContainerInstance instance ? instance.cluster() : null),
    TARGET_HEALTH_BY_TASK(
            entity -> entity instanceof TargetHealth health ? health.task().value() : null),
    TARGET_HEALTH_BY_EDGE(
            entity -> entity instanceof TargetHealth health ? health.edge().value() : null);

    /** Walked for every change: {@code values()} makes an array each time. */
    static final List<Index> ALL = List.of(values());

    private final Function<Entity, @Nullable String> value;

    Index(Function<Entity, @Nullable String> value) {
        this.value = value;
    }

    @Nullable
    String valueOf(Entity entity) {
        return value.apply(entity);
    }
}
