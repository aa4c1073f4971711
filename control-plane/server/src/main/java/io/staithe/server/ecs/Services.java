package io.staithe.server.ecs;

import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Fingerprint;
import io.staithe.core.model.Key;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.Answer;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.aws.Newer;
import io.staithe.server.ecs.Commits.Decision;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/**
 * Creating, changing and deleting services.
 *
 * <p>A creation's incarnation is its fingerprint: half of it is the client token, half what was asked for. So a repeated
 * request is recognised without remembering requests, and so is one that reuses a token for something else.
 */
public final class Services {
    private static final int HALF_DIGITS = 16;

    private final Commits commits;
    private final ServiceEvents events;
    private final Ids ids;

    public Services(Commits commits, ServiceEvents events, Ids ids) {
        this.commits = commits;
        this.events = events;
        this.ids = ids;
    }

    public Answer create(CreateServiceRequest request, Caller caller) {
        String token = request.clientToken() == null ? ids.hex() : request.clientToken();
        String asked = request.toBuilder().clientToken(null).build() + " " + Newer.of(request);
        String incarnation =
                Fingerprint.of(token).hex(HALF_DIGITS) + Fingerprint.of(asked).hex(HALF_DIGITS);
        DeploymentId number = new DeploymentId(ids.number());
        Service created = commits.commit(state -> create(state, request, incarnation, number, caller));
        return answer(
                CreateServiceResponse.builder().service(view(created, caller)).build(), created);
    }

    public Answer update(UpdateServiceRequest request, Caller caller) {
        ServiceId id = Names.service(request.cluster(), request.service());
        DeploymentId number = new DeploymentId(ids.number());
        Service updated = commits.commit(state -> {
            Clusters.active(state, id.cluster());
            Service current = active(state, id);
            if (current.deployment().equals(number)) return Decision.already(later -> current);
            return put(state, current, ServiceReading.update(state, current, request, number, caller));
        });
        return answer(
                UpdateServiceResponse.builder().service(view(updated, caller)).build(), updated);
    }

    /** Its tasks stop first; until then it is DRAINING, afterwards INACTIVE and readable for a while. */
    public Answer delete(DeleteServiceRequest request, Caller caller) {
        ServiceId id = Names.service(request.cluster(), request.service());
        boolean force = Boolean.TRUE.equals(request.force());
        Service deleted = commits.commit(state -> {
            Clusters.active(state, id.cluster());
            Service current = state.service(id)
                    .filter(service -> service.status() != Service.Status.INACTIVE)
                    .orElseThrow(ApiError::serviceNotFound);
            if (current.status() == Service.Status.DRAINING) return Decision.already(later -> current);
            if (current.desiredCount() > 0 && !force)
                throw ApiError.invalidParameter(
                        "The service cannot be stopped while the primary deployment is scaled above 0.");
            return put(state, current, draining(current));
        });
        return answer(
                DeleteServiceResponse.builder().service(view(deleted, caller)).build(), deleted);
    }

    /** A service on its way out: it wants no task any more. */
    public static Service draining(Service service) {
        return service.but().desiredCount(0).status(Service.Status.DRAINING).build();
    }

    private static Decision<Service> create(
            ClusterState state, CreateServiceRequest request, String incarnation, DeploymentId number, Caller caller) {
        Clusters.active(state, request.cluster());
        ServiceId id = Names.service(request.cluster(), request.serviceName());
        Optional<Service> there = state.service(id);
        if (there.isPresent() && isRepeated(there.get(), incarnation)) return Decision.already(later -> there.get());
        Service asked = ServiceReading.create(state, request, incarnation, number, caller);
        if (there.isPresent() && there.get().status() == Service.Status.DRAINING)
            throw ApiError.invalidParameter("Unable to Start a service that is still Draining.");
        if (there.isPresent() && there.get().status() == Service.Status.ACTIVE)
            return sameOrRefused(there.get(), asked);
        return new Decision<>(write(state, asked), later -> asked);
    }

    /** Whether this very creation was carried out already. A token that made something else is refused. */
    private static boolean isRepeated(Service there, String incarnation) {
        if (there.incarnation().equals(incarnation)) return true;
        if (there.incarnation().startsWith(incarnation.substring(0, HALF_DIGITS)))
            throw ApiError.invalidParameter("Creation of service was not idempotent.");
        return false;
    }

    /** ECS answers the creation of what is there already as if it had made it, and refuses any other of that name. */
    private static Decision<Service> sameOrRefused(Service there, Service asked) {
        Service same = Shapes.copy(asked)
                .with("incarnation", there.incarnation())
                .with("deployment", there.deployment())
                .with("deployedAt", there.deployedAt())
                .with("deployedBy", there.deployedBy())
                .with("createdAt", there.createdAt())
                .with("createdBy", there.createdBy())
                .with("traceParent", there.traceParent())
                .with("lostAfterSeconds", there.lostAfterSeconds())
                .with("deploymentDeadline", there.deploymentDeadline())
                .with("deploymentRequest", there.deploymentRequest())
                .with("placementPolicy", there.placementPolicy())
                .with("disruptionBudget", there.disruptionBudget())
                .make();
        if (!same.equals(there)) throw ApiError.invalidParameter("Creation of service was not idempotent.");
        return Decision.already(later -> there);
    }

    private static Service active(ClusterState state, ServiceId id) {
        Service service = state.service(id).orElseThrow(ApiError::serviceNotFound);
        if (service.status() != Service.Status.ACTIVE) throw ApiError.serviceNotActive();
        return service;
    }

    private static Decision<Service> put(ClusterState state, Service current, Service next) {
        if (next.equals(current)) return Decision.already(later -> current);
        if (next.revision().equals(current.revision()))
            return new Decision<>(Plan.of(Change.put(next, state.revisionOf(next.key()))), later -> next);
        return new Decision<>(write(state, next), later -> next);
    }

    /** Writes a service while everything that it refers to stays as it is. */
    private static Plan write(ClusterState state, Service service) {
        Plan.Builder plan = new Plan.Builder().add(Change.put(service, state.revisionOf(service.key())));
        List<Key> references = ServiceRules.references(service.cluster(), service.revision());
        references.forEach(key -> plan.guard(state, key));
        return plan.build();
    }

    private static Answer answer(SdkPojo response, Service service) {
        return new Answer(response, ServiceView.newer(service).under("service"));
    }

    private software.amazon.awssdk.services.ecs.model.Service view(Service service, Caller caller) {
        return new ServiceView(commits.state(), events, Arns.of(caller)).of(service, true);
    }
}
