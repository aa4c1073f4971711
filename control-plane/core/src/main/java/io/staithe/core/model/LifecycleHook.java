package io.staithe.core.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that has to be done, or allowed, before a deployment leaves a stage.
 *
 * @param taskDefinition of TASK: what to run once; it must end with exit code 0
 * @param roleArn kept for those who write it
 * @param lifecycleStages when: at least one
 * @param timeoutConfiguration absent: ROLLBACK after a day
 */
public record LifecycleHook(
        Type targetType,
        @Nullable TaskDefinitionId taskDefinition,
        @Nullable String roleArn,
        List<LifecycleStage> lifecycleStages,
        @Nullable TimeoutConfiguration timeoutConfiguration) {
    /** More in one configuration are refused. */
    public static final int MAX_PER_SERVICE = 20;

    private static final int DEFAULT_TIMEOUT_MINUTES = 24 * 60;

    public enum Type {
        /** Waits for ContinueServiceDeployment. */
        PAUSE,
        /** Runs a task to its end. */
        TASK
    }

    /** How a deployment goes on after a pause. */
    public enum Answer {
        CONTINUE,
        ROLLBACK
    }

    /**
     * How long it may take.
     *
     * @param timeoutInMinutes 1 to 20,160; absent: a day
     * @param action what happens then; absent: ROLLBACK
     */
    public record TimeoutConfiguration(
            @Nullable Integer timeoutInMinutes, @Nullable Answer action) {
        public TimeoutConfiguration {
            Check.range(timeoutInMinutes, 1, 20_160, "timeoutInMinutes");
        }
    }

    public LifecycleHook {
        Check.that(targetType != null, "targetType", "must be PAUSE or TASK");
        Check.that(
                (targetType == Type.TASK) == (taskDefinition != null),
                "hookTargetArn",
                "must name a task definition, of hooks of type TASK alone");
        lifecycleStages = Check.list(lifecycleStages);
        Check.that(!lifecycleStages.isEmpty(), "lifecycleStages", "is required");
        Check.that(
                lifecycleStages.stream().noneMatch(stage -> stage == LifecycleStage.CLEAN_UP),
                "lifecycleStages",
                "must not contain CLEAN_UP: nothing can be rolled back any more");
    }

    public TaskDefinitionId requiredTaskDefinition() {
        return Objects.requireNonNull(taskDefinition, "a hook of type PAUSE runs nothing");
    }

    public int timeoutMinutes() {
        Integer asked = timeoutConfiguration == null ? null : timeoutConfiguration.timeoutInMinutes();
        return asked == null ? DEFAULT_TIMEOUT_MINUTES : asked;
    }

    public Answer answerAtTimeout() {
        Answer asked = timeoutConfiguration == null ? null : timeoutConfiguration.action();
        return asked == null ? Answer.ROLLBACK : asked;
    }
}
