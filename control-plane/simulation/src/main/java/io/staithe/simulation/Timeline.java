package io.staithe.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is to happen, in the order of (time, sequence). Nothing else makes anything happen. */
final class Timeline {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Entry(Instant at, long sequence, Runnable action) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::sequence));
    private Instant now = START;
    private long sequence;

    Instant now() {
        return now;
    }

    /** Whole seconds and milliseconds since the start, for people. */
    Duration elapsed() {
        return Duration.between(START, now);
    }

    void after(Duration delay, Runnable action) {
        at(now.plus(delay), action);
    }

    /** What lies in the past happens now. */
    void at(Instant time, Runnable action) {
        entries.add(new Entry(time.isBefore(now) ? now : time, sequence++, action));
    }

    /** Lets the next thing happen, if it is due by {@code until}; otherwise time is {@code until} and nothing happens. */
    boolean step(Instant until) {
        Entry next = entries.peek();
        if (next == null || next.at().isAfter(until)) {
            now = until;
            return false;
        }
        entries.remove();
        now = next.at();
        next.action().run();
        return true;
    }
}
