package io.staithe.server.apply;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Invalid;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.manifest.HostGroupForm;
import io.staithe.server.manifest.ManifestDocument;
import java.util.Optional;

final class HostGroupDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        HostGroup asked =
                document.request(HostGroupForm.class).read(context.caller().now());
        checkCluster(asked, draft, context);
        String arn = context.arns().hostGroup(asked.name());
        Optional<HostGroup> there = draft.state().hostGroup(asked.name());
        if (there.isEmpty()) {
            draft.put(asked);
            return Declaration.created(document, asked.name(), arn);
        }
        HostGroup kept = document.request(HostGroupForm.class).read(there.get().createdAt());
        draft.refer(kept.key());
        if (kept.equals(there.get())) return Declaration.unchanged(document, asked.name(), arn);
        draft.put(kept);
        return Declaration.updated(
                document,
                asked.name(),
                arn,
                Rendering.of(HostGroupForm.of(there.get())),
                Rendering.of(HostGroupForm.of(kept)));
    }

    /** A cluster may come with the same files, after its host group: it refers to what refers to the group. */
    private static void checkCluster(HostGroup group, Draft draft, Context context) {
        String name = group.cluster();
        if (name == null || context.declared().contains("Cluster " + name)) return;
        if (draft.state()
                .cluster(name)
                .filter(cluster -> cluster.status() == Cluster.Status.ACTIVE)
                .isEmpty()) throw new Invalid("cluster", "no cluster is named " + name);
    }
}
