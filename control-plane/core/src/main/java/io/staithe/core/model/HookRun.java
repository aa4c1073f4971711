package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a hook of a deployment's present stage has come.
 *
 * @param hook its position in the deployment configuration, from 0 on
 * @param task of a TASK hook: what runs
 * @param answer how it ended; absent: it has not
 */
public record HookRun(int hook, @Nullable TaskId task, Instant startedAt, LifecycleHook.@Nullable Answer answer) {
    public HookRun answered(LifecycleHook.Answer with) {
        return new HookRun(hook, task, startedAt, with);
    }
}
