package io.staithe.core.scheduler;

import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One condition that a host must meet to take a task. */
interface Rule {
    /** What is to be placed. The definition is absent only when it was deleted meanwhile. */
    record Demand(Task task, @Nullable TaskDefinition definition) {}

    /** Empty: this rule has nothing against it. */
    Optional<Veto> check(Demand demand, Host host);
}
