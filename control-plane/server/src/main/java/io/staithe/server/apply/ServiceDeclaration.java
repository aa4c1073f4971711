package io.staithe.server.apply;

import io.staithe.core.model.DeploymentDeadline;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.ecs.Names;
import io.staithe.server.ecs.ServiceReading;
import io.staithe.server.ecs.ServiceRules;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.manifest.ManifestDocument;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;

/**
 * The file is the whole truth about a service, with one exception: a {@code desiredCount} that is left out stays what it is,
 * because others scale it.
 */
final class ServiceDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        CreateServiceRequest request = document.request(CreateServiceRequest.class);
        if (request.serviceName() == null) throw new Invalid("serviceName", "is required");
        ServiceId id = Names.service(request.cluster(), request.serviceName());
        Optional<Service> there = draft.state().service(id).filter(known -> known.status() != Service.Status.INACTIVE);
        if (there.isPresent() && there.get().status() == Service.Status.DRAINING)
            throw new Invalid("serviceName", "is being deleted; apply again when it is gone");
        CreateServiceRequest sized = there.isPresent() && keepsCount(request, there.get())
                ? request.toBuilder().desiredCount(there.get().desiredCount()).build()
                : request;
        Service read = ServiceReading.create(
                draft.state(),
                sized,
                context.ids().hex(),
                new DeploymentId(context.ids().number()),
                context.caller());
        Service asked = Shapes.copy(read)
                .with("lostAfterSeconds", document.extension("lostAfterSeconds", Integer.class))
                .with("placementPolicy", placement(document))
                .with("deploymentDeadline", document.extension("deploymentDeadline", DeploymentDeadline.class))
                .with("disruptionBudget", document.extension("disruptionBudget", DisruptionBudget.class))
                .make();
        ServiceRules.references(asked.cluster(), asked.revision()).forEach(draft::refer);
        String arn = context.arns().service(id);
        if (there.isPresent()) return update(document, arn, there.get(), asked, draft);
        draft.put(asked);
        return Declaration.created(document, id.value(), arn);
    }

    private static ObjectChange update(
            ManifestDocument document, String arn, Service there, Service asked, Draft draft) {
        if (there.schedulingStrategy() != asked.schedulingStrategy())
            throw new Invalid("schedulingStrategy", "cannot be changed; delete the service first");
        ServiceRevision asIs = asked.revision()
                .but()
                .forced(there.revision().forced())
                .imageDigests(there.revision().imageDigests())
                .build();
        boolean deploys = !asIs.equals(there.revision());
        // Another deployment finds out anew what tags stand for.
        ServiceRevision revision = deploys ? asIs.but().imageDigests(Map.of()).build() : asIs;
        Service next = Shapes.copy(asked)
                .with("revision", revision)
                .with("incarnation", there.incarnation())
                .with("deployment", deploys ? asked.deployment() : there.deployment())
                .with("deployedAt", deploys ? asked.deployedAt() : there.deployedAt())
                .with("deployedBy", deploys ? asked.deployedBy() : there.deployedBy())
                .with("traceParent", deploys ? asked.traceParent() : there.traceParent())
                .with("deploymentRequest", there.deploymentRequest())
                .with("createdAt", there.createdAt())
                .with("createdBy", there.createdBy())
                .make();
        draft.refer(next.key());
        String name = next.id().value();
        if (next.equals(there)) return Declaration.replaced(document, name, arn, there, next, draft);
        draft.put(next);
        return Declaration.updated(document, name, arn, Rendering.of(there), Rendering.of(next));
    }

    private static @Nullable PlacementPolicy placement(ManifestDocument document) {
        PlacementPolicy policy = document.extension("placement", PlacementPolicy.class);
        if (policy != null) Shapes.within("placement", () -> ServiceRules.checkPreferences(policy));
        return policy;
    }

    private static boolean keepsCount(CreateServiceRequest request, Service there) {
        return request.desiredCount() == null
                && request.schedulingStrategy() != SchedulingStrategy.DAEMON
                && !there.isDaemon();
    }
}
