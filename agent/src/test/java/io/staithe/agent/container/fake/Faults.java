package io.staithe.agent.container.fake;

import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes wrong with an engine. Everything stays as set until it is used up or set again. */
public final class Faults {
    /** @param done whether the engine did it all the same */
    private record Fault(ContainerException failure, boolean done) {}

    private final Map<Operation, Deque<Fault>> next = new EnumMap<>(Operation.class);
    private final Map<Operation, Duration> durations = new EnumMap<>(Operation.class);
    private boolean away;

    /** While away, every call fails. Containers go on, as with Docker's live-restore. */
    public void away(boolean isAway) {
        away = isAway;
    }

    public boolean isAway() {
        return away;
    }

    /** The next call of this kind is refused. Several add up. */
    public void refuseNext(Operation operation, Code code, String detail) {
        add(operation, new Fault(new ContainerException(code, detail, null), false));
    }

    /** The next call of this kind is carried out, and its answer is lost. */
    public void loseNextAnswer(Operation operation) {
        add(operation, new Fault(new ContainerException(Code.TIMEOUT, "no answer", null), true));
    }

    /** How long a call of this kind takes. The fake answers at once: whoever has the clock waits. */
    public void takes(Operation operation, Duration duration) {
        durations.put(operation, duration);
    }

    public Duration durationOf(Operation operation) {
        return durations.getOrDefault(operation, Duration.ZERO);
    }

    /** Something that the engine does. */
    interface Deed<T> {
        T get() throws ContainerException;
    }

    <T> T strike(Operation operation, Deed<T> deed) throws ContainerException {
        if (away) throw new ContainerException(Code.UNAVAILABLE, "the engine is away", null);
        Deque<Fault> waiting = next.get(operation);
        @Nullable Fault fault = waiting == null ? null : waiting.poll();
        if (fault == null) return deed.get();
        if (fault.done()) deed.get();
        throw fault.failure();
    }

    private void add(Operation operation, Fault fault) {
        next.computeIfAbsent(operation, any -> new ArrayDeque<>()).add(fault);
    }
}
