package io.staithe.server.apply;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.Rebalancing;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.ecs.CapacityRules;
import io.staithe.server.ecs.Clusters;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.manifest.ManifestDocument;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;

final class ClusterDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        CreateClusterRequest request = document.request(CreateClusterRequest.class);
        Cluster asked = Shapes.copy(Clusters.read(request, context.caller().now()))
                .with("rebalancing", document.extension("rebalancing", Rebalancing.class))
                .make();
        CapacityRules.check(draft.state(), asked);
        CapacityRules.references(asked.capacityProviders()).forEach(draft::refer);
        String arn = context.arns().cluster(asked.name());
        Optional<Cluster> there =
                draft.state().cluster(asked.name()).filter(known -> known.status() == Cluster.Status.ACTIVE);
        if (there.isPresent()) {
            Cluster kept = Shapes.copy(asked)
                    .with("createdAt", there.get().createdAt())
                    .make();
            CapacityRules.checkRemoved(draft.state(), there.get(), kept);
            return Declaration.replaced(document, asked.name(), arn, there.get(), kept, draft);
        }
        draft.put(asked);
        return Declaration.created(document, asked.name(), arn);
    }
}
