package io.staithe.core.deployment;

import io.staithe.core.model.HookRun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment waits for before it goes on.
 *
 * @param until when time alone ends the waiting; absent: it does not
 * @param missing how many tasks are missing, or left, where it waits for tasks
 * @param of how many tasks that is; 0 where it does not say anything
 * @param hook where it waits for one
 * @param cause what keeps the first of the tasks, for people; empty: nothing is known
 */
public record Waiting(
        For what,
        @Nullable Instant until,
        int missing,
        int of,
        @Nullable HookRun hook,
        String cause) {
    public enum For {
        /** It is through, or goes on at once. */
        NOTHING,
        /** It has failed: nothing happens by itself any more. */
        A_DECISION,
        /** A user has paused it. */
        A_USER,
        /** Tasks of deployments before the last one have to end. */
        EARLIER_TASKS,
        /** A task that runs as a hook has to end. */
        A_HOOK_TASK,
        /** Somebody has to answer a hook. */
        A_HOOK_ANSWER,
        HEALTHY_TASKS,
        /** Tasks failed one after the other, so the next ones wait. */
        BACK_OFF,
        /** A host that is to have a task has no room for it. */
        ROOM,
        /** Tasks that are to end are protected. */
        PROTECTION,
        /** Its configuration allows no task to stop and none to start. */
        ANOTHER_CONFIGURATION,
        BAKE_TIME,
        /** The next part of the traffic follows when this one has stayed long enough. */
        TRAFFIC_STEP,
        OLD_TASKS
    }

    static final Waiting NOTHING = of(For.NOTHING, null);

    static Waiting of(For what, @Nullable Instant until) {
        return new Waiting(what, until, 0, 0, null, "");
    }

    static Waiting hook(HookRun run, Instant until) {
        return new Waiting(run.task() == null ? For.A_HOOK_ANSWER : For.A_HOOK_TASK, until, 0, 0, run, "");
    }

    static Waiting tasks(For what, @Nullable Instant until, int missing, int of, String cause) {
        return new Waiting(what, until, missing, of, null, cause);
    }
}
