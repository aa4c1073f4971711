package io.staithe.server.deployment;

import io.staithe.core.deployment.Waiting;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.HookRun;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment waits for, in words.
 *
 * @param what absent: for nothing
 * @param wayOut what somebody can do; absent: nothing has to be done
 */
record Wait(@Nullable String what, @Nullable String wayOut) {
    private static final Wait NOTHING = new Wait(null, null);

    static Wait of(Service service, Deployment deployment, Waiting waiting) {
        String name = service.id().value();
        String goOn = "`staithe deploy continue " + name + "`";
        return switch (waiting.what()) {
            case NOTHING -> NOTHING;
            case A_DECISION ->
                new Wait(
                        null,
                        "deploy another revision, go back with `staithe deploy rollback " + name
                                + " --to REV`, or let it try again with " + goOn);
            case A_USER -> new Wait("somebody to continue it: it is paused", goOn);
            case EARLIER_TASKS -> new Wait(waiting.missing() + " tasks of earlier deployments to end", null);
            case A_HOOK_TASK -> new Wait(hookTask(service, deployment, waiting.hook()), null);
            case A_HOOK_ANSWER ->
                new Wait(
                        hookAnswer(service, deployment, waiting.hook()),
                        goOn + " or `staithe deploy rollback " + name + "`");
            case HEALTHY_TASKS -> new Wait(missing(waiting) + because(waiting), null);
            case BACK_OFF ->
                new Wait(
                        missing(waiting) + "; they failed and wait before they try again",
                        goOn + " starts them at once; so does another deployment");
            case ROOM ->
                new Wait(
                        "room on " + waiting.cause(),
                        "make room there, or leave these hosts out by a placement constraint");
            case PROTECTION ->
                new Wait(
                        "the protection of tasks to end", "`staithe protect TASK --off`, or wait until it has expired");
            case ANOTHER_CONFIGURATION ->
                new Wait(
                        "a deployment configuration that allows a step: no task may stop and none may start",
                        "lower minimumHealthyPercent or raise maximumPercent");
            case BAKE_TIME -> new Wait("its bake time to pass", null);
            case TRAFFIC_STEP -> new Wait("the next step of its traffic", null);
            case OLD_TASKS -> new Wait(waiting.missing() + " old tasks to end", null);
        };
    }

    /** The ids of the hooks that wait for an answer, as ContinueServiceDeployment takes them. */
    static List<String> hooks(Deployment deployment) {
        return deployment.hooks().stream()
                .filter(run -> run.answer() == null && run.task() == null)
                .map(run -> deployment.lifecycleStage() + "-" + run.hook())
                .toList();
    }

    private static String missing(Waiting waiting) {
        return waiting.missing() + " of " + waiting.of() + " tasks to become healthy";
    }

    private static String because(Waiting waiting) {
        return waiting.cause().isEmpty() ? "" : ": " + waiting.cause();
    }

    private static @Nullable String hookTask(Service service, Deployment deployment, @Nullable HookRun run) {
        if (run == null) return null;
        return "task " + run.task() + " of the hook " + hook(service, run).taskDefinition() + " in stage "
                + deployment.lifecycleStage();
    }

    private static @Nullable String hookAnswer(Service service, Deployment deployment, @Nullable HookRun run) {
        if (run == null) return null;
        return "somebody to answer the hook of stage " + deployment.lifecycleStage() + "; else it is answered with "
                + hook(service, run).answerAtTimeout();
    }

    private static LifecycleHook hook(Service service, HookRun run) {
        return service.deploymentConfiguration().lifecycleHooks().get(run.hook());
    }
}
