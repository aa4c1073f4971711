package io.staithe.server.ecs;

import io.staithe.core.model.TaskOverride;
import org.jspecify.annotations.Nullable;

/** What a task is to have other than its definition says, as RunTask takes it. */
public final class Overrides {
    private Overrides() {}

    /** @throws io.staithe.core.model.Invalid within {@code overrides} */
    public static TaskOverride read(software.amazon.awssdk.services.ecs.model.@Nullable TaskOverride asked) {
        if (asked == null) return TaskOverride.NONE;
        return Shapes.within("overrides", () -> Shapes.reading(asked)
                .with("cpu", Quantities.cpu(asked.cpu()))
                .with("memory", Quantities.memory(asked.memory()))
                .as(TaskOverride.class));
    }
}
