package io.staithe.server.deployment;

import io.staithe.core.model.TaskDefinition;
import io.staithe.server.apply.Difference;
import io.staithe.server.apply.Rendering;
import io.staithe.server.ecs.PastDeployments.PastDeployment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two revisions of a service differ in, field by field.
 *
 * @param service of the service itself
 * @param taskDefinition of the task definitions; empty, too, when one of them is not known any more
 */
public record RevisionDifference(String from, String to, List<Difference> service, List<Difference> taskDefinition) {
    /** They differ by what they are called; what they are called is told by the service. */
    private static final Set<String> NAMES = Set.of("revision", "status");

    static RevisionDifference between(PastDeployment from, PastDeployment to) {
        return new RevisionDifference(
                from.deployment().id().value(),
                to.deployment().id().value(),
                Difference.between(
                        Rendering.of(from.deployment().revision()),
                        Rendering.of(to.deployment().revision()),
                        Set.of()),
                from.taskDefinition() == null || to.taskDefinition() == null
                        ? List.of()
                        : Difference.between(fields(from.taskDefinition()), fields(to.taskDefinition()), NAMES));
    }

    private static Map<String, Object> fields(@Nullable TaskDefinition definition) {
        return definition == null ? Map.of() : Rendering.of(definition);
    }
}
