package io.staithe.server.ecs;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.Status;
import io.staithe.core.model.Service;
import io.staithe.core.scheduler.DaemonHosts;
import io.staithe.core.state.ClusterState;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service's deployments as its callers are to see them. The control loop makes a deployment's record a moment after the
 * service asked for it; callers see it at once.
 */
public final class Deployments {
    private Deployments() {}

    /** How many tasks a service wants: what its user asked for; of a daemon service, on how many hosts. */
    public static int desiredCount(ClusterState state, Service service) {
        return service.isDaemon() ? primary(state, service).desiredCount() : service.desiredCount();
    }

    /** The PRIMARY one, then those that still have tasks, newest first. */
    static List<Deployment> current(ClusterState state, Service service) {
        return all(state, service).stream()
                .filter(deployment -> deployment.status() != Status.INACTIVE)
                .toList();
    }

    /** Every deployment of this incarnation that is still kept, newest first. */
    static List<Deployment> all(ClusterState state, Service service) {
        Stream<Deployment> older = state.deploymentsOf(service.id())
                .filter(deployment -> deployment.incarnation().equals(service.incarnation()))
                .filter(deployment -> !deployment.id().equals(service.deployment()))
                .map(Deployments::replaced)
                .sorted(Comparator.comparing(Deployment::createdAt).reversed().thenComparing(Deployment::id));
        return Stream.concat(Stream.of(primary(state, service)), older).toList();
    }

    /** The one that the service wants. */
    public static Deployment primary(ClusterState state, Service service) {
        return state.deployment(service.deployment()).orElseGet(() -> asked(state, service));
    }

    /** What the control loop is about to write down. */
    private static Deployment asked(ClusterState state, Service service) {
        Deployment asked = Deployment.of(service, service.deployedAt());
        if (service.isDaemon())
            asked = asked.but().desiredCount(DaemonHosts.count(state, service)).build();
        return service.status() == Service.Status.INACTIVE
                ? asked.but().status(Status.INACTIVE).build()
                : asked;
    }

    /** There is one PRIMARY deployment at a time, also in the moment before the loop says so. */
    private static Deployment replaced(Deployment deployment) {
        return deployment.status() == Status.PRIMARY
                ? deployment.but().status(Status.ACTIVE).build()
                : deployment;
    }
}
