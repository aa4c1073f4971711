package io.staithe.core.deployment;

import io.staithe.core.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A place whose tasks fail one after the other waits longer each time; other places do not. ECS holds back only tasks that never
 * reach RUNNING; here those that crash or fail their health checks afterwards count as well.
 */
public final class BackOff {
    /** What ran for so long worked: what failed before it is forgotten. Longer than the longest pause. */
    static final Duration HEALTHY_RUN = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(5);
    /** By how much a pause may be shorter, so that places that failed together do not start together: 20 %. */
    private static final int JITTER_PERMILLE = 200;

    /**
     * A place that waits.
     *
     * @param failures how many of its tasks failed in a row
     * @param until when its next task may start
     */
    public record Pause(int failures, Instant until) {}

    private BackOff() {}

    /**
     * How long a place's next task waits; empty: it may start at once.
     *
     * @param ended the place's stopped tasks of one deployment, in any order
     * @param since what ended before counts no more
     */
    public static Optional<Pause> after(List<Task> ended, Instant since) {
        List<Task> newestFirst = ended.stream()
                .filter(task -> task.stoppedAt() != null && !task.stoppedAt().isBefore(since))
                .sorted(Comparator.comparing(Task::createdAt).reversed())
                .toList();
        int failures = 0;
        while (failures < newestFirst.size() && isFailure(newestFirst.get(failures))) failures++;
        Duration pause = pauseAfter(failures);
        if (pause.isZero()) return Optional.empty();
        Task newest = newestFirst.get(0);
        Instant stoppedAt = newest.stoppedAt();
        return stoppedAt == null
                ? Optional.empty()
                : Optional.of(new Pause(failures, stoppedAt.plus(jittered(pause, newest))));
    }

    /** One failure may be chance and is made good at once; from the second on, 10 s, doubling, up to 5 minutes. */
    private static Duration pauseAfter(int failures) {
        if (failures < 2) return Duration.ZERO;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 2, 10));
        return pause.compareTo(LAST_PAUSE) < 0 ? pause : LAST_PAUSE;
    }

    /** By the task's id, which is as good as chance and the same whoever asks. */
    private static Duration jittered(Duration pause, Task newest) {
        int less = Math.floorMod(newest.id().value().hashCode(), JITTER_PERMILLE + 1);
        return pause.multipliedBy(1000 - less).dividedBy(1000);
    }

    private static boolean isFailure(Task task) {
        if (!FailedTasks.isFailed(task) || task.stoppedAt() == null) return false;
        return task.startedAt() == null
                || Duration.between(task.startedAt(), task.stoppedAt()).compareTo(HEALTHY_RUN) < 0;
    }
}
