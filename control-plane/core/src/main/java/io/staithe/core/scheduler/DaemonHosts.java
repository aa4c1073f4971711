package io.staithe.core.scheduler;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.HostLoad;
import java.util.List;

/**
 * Which hosts are to have a task of a daemon service. ECS: each active container instance that meets all of the task placement
 * constraints. Whether there is room, and whether the host answers right now, is another question.
 */
public final class DaemonHosts {
    private static final List<Rule> RULES =
            List.of(new CapacityProviderMatches(), new PlatformMatches(), new AttributesMatch(), new HostMatches());

    private DaemonHosts() {}

    /** @param host {@link #without} the service's own tasks */
    public static boolean qualifies(Demand demand, Host host) {
        return host.instance().status() == ContainerInstance.Status.ACTIVE
                && RULES.stream().allMatch(rule -> rule.check(demand, host).isEmpty());
    }

    /** A host as if no task of this service were on it: it must not decide itself whether it may be there. */
    public static Host without(ServiceId service, ContainerInstance instance, ClusterState state) {
        HostLoad load = state.loadsOf(instance.cluster()).of(instance.id()).orElseThrow();
        return Fleet.alone(load.without(
                state.tasksOn(instance.id()).filter(task -> task.holdsResources() && service.equals(task.service()))));
    }

    /** On how many hosts a daemon service wants a task. */
    public static int count(ClusterState state, Service service) {
        TaskDefinition definition =
                state.taskDefinition(service.revision().taskDefinition()).orElse(null);
        if (definition == null || !service.isActiveDaemon()) return 0;
        Demand demand = Demand.of(service, definition);
        return (int) state.instancesOf(service.cluster())
                .filter(instance -> qualifies(demand, without(service.id(), instance, state)))
                .count();
    }
}
