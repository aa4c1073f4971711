package io.staithe.core.control;

import io.staithe.core.model.Key;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What to look at: now, or at a later time. Each piece of work is in it once. */
final class Agenda {
    /** One reconciler's key. Ordered by the reconcilers' order, then by key. */
    record Work(int reconciler, Key key) implements Comparable<Work> {
        @Override
        public int compareTo(Work other) {
            int byOrder = Integer.compare(reconciler, other.reconciler);
            return byOrder != 0 ? byOrder : key.compareTo(other.key);
        }
    }

    private final TreeSet<Work> due = new TreeSet<>();
    private final TreeMap<Instant, TreeSet<Work>> later = new TreeMap<>();
    private final Map<Work, Instant> laterAt = new HashMap<>();

    void clear() {
        due.clear();
        later.clear();
        laterAt.clear();
    }

    void markDue(Work work) {
        due.add(work);
    }

    /** Replaces an earlier appointment of the same work. */
    void appoint(Work work, @Nullable Instant at) {
        Instant before = laterAt.remove(work);
        if (before != null) {
            TreeSet<Work> then = later.get(before);
            if (then != null) {
                then.remove(work);
                if (then.isEmpty()) later.remove(before);
            }
        }
        if (at == null) return;
        laterAt.put(work, at);
        later.computeIfAbsent(at, t -> new TreeSet<>()).add(work);
    }

    /** Moves every appointment that has come to what is due. */
    void turn(Instant now) {
        while (!later.isEmpty() && !later.firstKey().isAfter(now)) {
            for (Work work : later.pollFirstEntry().getValue()) {
                laterAt.remove(work);
                due.add(work);
            }
        }
    }

    Optional<Work> take() {
        return Optional.ofNullable(due.pollFirst());
    }

    boolean hasDue() {
        return !due.isEmpty();
    }

    Optional<Instant> nextAppointment() {
        return later.isEmpty() ? Optional.empty() : Optional.of(later.firstKey());
    }
}
