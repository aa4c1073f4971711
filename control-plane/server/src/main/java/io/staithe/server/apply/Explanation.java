package io.staithe.server.apply;

import io.staithe.core.model.ServiceEvent;
import java.time.Instant;
import java.util.List;

/**
 * Why something is as it is, for people.
 *
 * @param about such as {@code task 0123...}
 * @param summary one sentence
 * @param lines what it follows from
 * @param events what was said of it, newest first
 */
public record Explanation(String about, String summary, List<String> lines, List<Event> events) {
    static final int MAX_EVENTS = 20;

    public record Event(Instant at, String code, String message) {
        static Event of(ServiceEvent event) {
            return new Event(event.createdAt(), event.code(), event.message());
        }
    }

    public Explanation {
        lines = List.copyOf(lines);
        events = List.copyOf(events);
    }
}
