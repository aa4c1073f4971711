package io.staithe.agent.container.docker;

import io.staithe.agent.container.Container;
import io.staithe.core.model.HealthStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What inspecting each container has shown, for as long as it can be the same: the engine's events are heard, none spoke of
 * the container since, and the engine's list, which is one call for all of them, still shows the same state and health.
 * Inspecting all of them at each look would be most of what an agent does while it starts many. Thread-safe.
 */
final class LastSeen {
    /** Engines drop events for those who read them slowly: what such an event told is seen after this time at the latest. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private record Seen(Container container, long atNanos) {}

    private final LongSupplier nanoTime;
    private final Map<String, Seen> seen = new HashMap<>();
    /** For each container the number of its last event. */
    private final Map<String, Long> changed = new HashMap<>();

    private long events;
    private long heardSince;
    private boolean hearing;

    /** @param nanoTime {@link System#nanoTime} */
    LastSeen(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** To be taken before a container is inspected, and given to {@link #put} with what that showed. */
    synchronized long mark() {
        return events;
    }

    /** Remembers it, unless something may have happened to the container since {@code mark}. */
    synchronized void put(Container container, long mark) {
        if (!hearing || heardSince > mark || changed.getOrDefault(container.id(), 0L) > mark) return;
        seen.put(container.id(), new Seen(container, nanoTime.getAsLong()));
    }

    /** The container, if it is as it was. */
    synchronized Optional<Container> get(String id, Container.State state, HealthStatus health) {
        return Optional.ofNullable(seen.get(id))
                .filter(entry -> nanoTime.getAsLong() - entry.atNanos < LONGEST.toNanos())
                .map(Seen::container)
                .filter(container -> container.state() == state && container.health() == health);
    }

    /** Events tell from now on what happens. */
    synchronized void hear() {
        forgetAll();
        hearing = true;
    }

    /** Something happened to this one. */
    synchronized void changed(String id) {
        changed.put(id, ++events);
        seen.remove(id);
    }

    /** What happens from now on, no event tells. */
    synchronized void hearNothing() {
        forgetAll();
        hearing = false;
    }

    private void forgetAll() {
        heardSince = ++events;
        changed.clear();
        seen.clear();
    }

    /** What was there at {@code mark}: others that are known from before are no more. */
    synchronized void retain(Collection<String> ids, long mark) {
        seen.keySet().retainAll(ids);
        changed.entrySet().removeIf(last -> last.getValue() <= mark && !ids.contains(last.getKey()));
    }
}
