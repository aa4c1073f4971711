package io.staithe.core.deployment;

import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A place whose tasks keep dying young waits longer each time; other places do not. */
final class BackOff {
    /** A task that ran for less before it failed died young. */
    private static final Duration YOUNG = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(5);

    private BackOff() {}

    /**
     * When a place's next task may start; empty: at once.
     *
     * @param ended the place's stopped tasks of one deployment, in any order
     */
    static Optional<Instant> notBefore(List<Task> ended) {
        List<Task> newestFirst = ended.stream()
                .sorted(Comparator.comparing(Task::createdAt).reversed())
                .toList();
        int diedYoung = 0;
        while (diedYoung < newestFirst.size() && diedYoung(newestFirst.get(diedYoung))) diedYoung++;
        Duration pause = pauseAfter(diedYoung);
        return pause.isZero()
                ? Optional.empty()
                : Optional.ofNullable(newestFirst.get(0).stoppedAt()).map(at -> at.plus(pause));
    }

    /** One early death may be chance and is made good at once; from the second on, 10 s, doubling, up to 5 minutes. */
    private static Duration pauseAfter(int diedYoung) {
        if (diedYoung < 2) return Duration.ZERO;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(diedYoung - 2, 10));
        return pause.compareTo(LAST_PAUSE) < 0 ? pause : LAST_PAUSE;
    }

    private static boolean diedYoung(Task task) {
        boolean failed =
                task.stopCode() == StopCode.TaskFailedToStart || task.stopCode() == StopCode.EssentialContainerExited;
        if (!failed || task.stoppedAt() == null) return false;
        return task.startedAt() == null
                || Duration.between(task.startedAt(), task.stoppedAt()).compareTo(YOUNG) < 0;
    }
}
