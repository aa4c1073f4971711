package io.staithe.server.apply;

import io.staithe.core.model.Family;
import io.staithe.core.model.TaskDefinition;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.ecs.Shapes;
import io.staithe.server.ecs.TaskDefinitionReading;
import io.staithe.server.ecs.TaskDefinitions;
import io.staithe.server.manifest.ContainerExtensions;
import io.staithe.server.manifest.ManifestDocument;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** A definition that is the family's latest already makes no new revision; its tags change in place. */
final class TaskDefinitionDeclaration implements Declaration {
    @Override
    public ObjectChange declare(ManifestDocument document, Draft draft, Context context) {
        RegisterTaskDefinitionRequest request = document.request(RegisterTaskDefinitionRequest.class);
        int revision = request.family() == null ? 1 : TaskDefinitions.nextRevision(draft.state(), request.family());
        TaskDefinition read = TaskDefinitionReading.read(
                draft.state(),
                request,
                revision,
                TaskDefinitions.principalArn(context.caller()),
                context.caller().now());
        TaskDefinition asked = extended(read, document);
        Family family = new Family(asked.family(), revision);
        draft.refer(family.key());
        Optional<TaskDefinition> latest = TaskDefinitions.find(draft.state(), asked.family());
        if (latest.isPresent() && TaskDefinitionReading.areAlike(asked, latest.get())) {
            TaskDefinition known = latest.get();
            return Declaration.replaced(
                    document,
                    known.id().value(),
                    context.arns().taskDefinition(known.id()),
                    known,
                    known.withTags(asked.tags()),
                    draft);
        }
        draft.put(family);
        draft.put(asked);
        String arn = context.arns().taskDefinition(asked.id());
        return latest.map(known -> Declaration.updated(
                        document, asked.id().value(), arn, Rendering.of(known), Rendering.of(asked)))
                .orElseGet(() -> Declaration.created(document, asked.id().value(), arn));
    }

    private static TaskDefinition extended(TaskDefinition read, ManifestDocument document) {
        ContainerExtensions extensions = document.extension(ContainerExtensions.FIELD, ContainerExtensions.class);
        if (extensions == null) return read;
        return Shapes.copy(read)
                .with("containerDefinitions", extensions.of(read.containerDefinitions()))
                .make();
    }
}
