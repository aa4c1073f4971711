package io.staithe.server.ecs;

import io.staithe.core.model.TaskDefinition;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Compatibility;

/** A task definition as ECS shows it. Tags lie beside it in every answer. */
final class TaskDefinitionView {
    private TaskDefinitionView() {}

    static software.amazon.awssdk.services.ecs.model.TaskDefinition of(TaskDefinition definition, Arns arns) {
        return Shapes.write(definition, software.amazon.awssdk.services.ecs.model.TaskDefinition.builder())
                .taskDefinitionArn(arns.taskDefinition(definition.id()))
                .compatibilities(compatibilities(definition))
                .build();
    }

    private static List<Compatibility> compatibilities(TaskDefinition definition) {
        return definition.requiresCompatibilities().contains("FARGATE")
                ? List.of(Compatibility.EC2, Compatibility.FARGATE)
                : List.of(Compatibility.EXTERNAL, Compatibility.EC2);
    }
}
