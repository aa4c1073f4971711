package io.staithe.server.apply;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.model.Tag;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.ecs.CapacityProviderReading;
import io.staithe.server.ecs.CapacityRules;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.manifest.ManifestDocument;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;

/** Reads {@code hostGroup} and what stands beside it; or the whole of ECS's CreateCapacityProvider. */
final class CapacityProviderDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        CapacityProvider asked = read(document, context);
        CapacityRules.check(draft.state(), asked);
        draft.refer(Key.hostGroup(asked.hostGroup()));
        String arn = context.arns().capacityProvider(asked.name());
        Optional<CapacityProvider> there = draft.state().capacityProvider(asked.name());
        if (there.isPresent()) {
            CapacityProvider kept = Shapes.copy(asked)
                    .with("createdAt", there.get().createdAt())
                    .make();
            return Declaration.replaced(document, asked.name(), arn, there.get(), kept, draft);
        }
        draft.put(asked);
        return Declaration.created(document, asked.name(), arn);
    }

    private static CapacityProvider read(ManifestDocument document, Context context) {
        CreateCapacityProviderRequest request = document.request(CreateCapacityProviderRequest.class);
        String group = document.extension("hostGroup", String.class);
        if (request.autoScalingGroupProvider() != null) {
            if (!document.extensions().isEmpty())
                throw new Invalid(
                        "hostGroup", "must be left out beside autoScalingGroupProvider, and all that goes with it");
            return CapacityProviderReading.create(request, context.caller().now());
        }
        if (group == null) throw new Invalid("hostGroup", "is required");
        if (request.name() == null) throw new Invalid("name", "is required");
        ManagedScaling scaling = document.extension("managedScaling", ManagedScaling.class);
        return new CapacityProvider(
                request.name(),
                group,
                Objects.requireNonNullElse(scaling, ManagedScaling.DEFAULT),
                Boolean.TRUE.equals(document.extension("managedTerminationProtection", Boolean.class)),
                !Boolean.FALSE.equals(document.extension("managedDraining", Boolean.class)),
                Shapes.readList(request.tags(), Tag.class, "tags"),
                context.caller().now());
    }
}
