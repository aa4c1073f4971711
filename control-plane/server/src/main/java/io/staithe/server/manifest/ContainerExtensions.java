package io.staithe.server.manifest;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.PreStop;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the container definitions of one task definition hold beside ECS's fields.
 *
 * @param containers in the order of {@link #FIELD}, one for each
 */
public record ContainerExtensions(List<Container> containers) {
    public static final String FIELD = "containerDefinitions";

    /** The fields, under the names that {@link ContainerDefinition} has for them. */
    static final Set<String> NAMES = Stream.of(Container.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    public static final ContainerExtensions NONE = new ContainerExtensions(List.of());

    public ContainerExtensions {
        containers = List.copyOf(containers);
    }

    /** Of one container. */
    public record Container(
            @Nullable HealthCheck readinessCheck, @Nullable PreStop preStop) {
        static final Container NONE = new Container(null, null);

        ContainerDefinition of(ContainerDefinition container) {
            return container
                    .but()
                    .readinessCheck(readinessCheck)
                    .preStop(preStop)
                    .build();
        }
    }

    /** The definitions with what stands beside them; those that nothing is said of are as they were. */
    public List<ContainerDefinition> of(List<ContainerDefinition> definitions) {
        List<ContainerDefinition> extended = new ArrayList<>(definitions);
        for (int i = 0; i < Math.min(containers.size(), definitions.size()); i++) {
            try {
                extended.set(i, containers.get(i).of(definitions.get(i)));
            } catch (Invalid invalid) {
                throw invalid.within(FIELD + "[" + i + "]");
            }
        }
        return extended;
    }
}
