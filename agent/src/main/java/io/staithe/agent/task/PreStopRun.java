package io.staithe.agent.task;

import io.staithe.agent.task.Outcome.Failure.Kind;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.PreStop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a container before it is stopped. For a bounded time, and whatever becomes of it, the container is stopped
 * then. An agent that ends meanwhile knows nothing of it, and runs it again.
 */
final class PreStopRun {
    /** What the runtime may need beside the command's own time. */
    static final Duration MARGIN = Duration.ofSeconds(5);

    private final List<String> command;
    private final Duration timeout;
    private final Work work = new Work();
    private boolean over;
    private @Nullable Instant deadline;
    private @Nullable String failure;

    private PreStopRun(PreStop hook, ContainerDefinition of) {
        command = hook.command();
        int seconds = hook.timeout() == null ? of.stopTimeoutSeconds() : hook.timeout();
        timeout = Duration.ofSeconds(Math.max(1, seconds));
    }

    static @Nullable PreStopRun of(ContainerDefinition definition) {
        return definition.preStop() == null ? null : new PreStopRun(definition.preStop(), definition);
    }

    /** Runs it if it has not been run. @return whether it is over, so that the container can be stopped */
    boolean isOver(TaskRun task, ContainerRun container, Round round) {
        if (over) return true;
        if (deadline != null && round.isDue(deadline)) {
            end("has not ended in time");
            return true;
        }
        Action action = new Action.RunPreStop(
                task.id(), container.name(), Objects.requireNonNull(container.id()), command, timeout);
        boolean begun = round.issue(action, work, this::completed);
        if (begun && deadline == null) {
            deadline = round.now().plus(timeout).plus(MARGIN);
            round.wakeAt(deadline);
        }
        return false;
    }

    private void completed(Outcome outcome, long mark, Instant now) {
        if (over) return;
        if (outcome.finding() != null)
            end(outcome.finding().passed() ? null : outcome.finding().detail());
        else if (outcome.failure() == null) end(null);
        else if (outcome.failure().kind() == Kind.UNAVAILABLE) work.failed(outcome.failure(), mark, now);
        else end(outcome.failure().reason());
    }

    private void end(@Nullable String why) {
        over = true;
        failure = why;
    }

    /** What went wrong, for people; absent: nothing did. */
    @Nullable
    String failure() {
        return failure == null ? null : "preStop command " + failure;
    }
}
