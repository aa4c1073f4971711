package io.staithe.server.history;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Asks the database for requests: one that is away fails nobody's, and is then left alone for a while. */
public final class Asking {
    /** So that not every request waits for a database that does not answer. */
    private static final Duration NOT_ASKED_FOR = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Asking.class);

    private volatile long askAgainAtNanos = System.nanoTime();

    /** What the database answers; nothing while it is away. */
    <T> List<T> ask(Supplier<List<T>> query) {
        return answer(query).orElse(List.of());
    }

    /** What the database answers; empty while it is away. */
    <T> Optional<T> answer(Supplier<T> query) {
        if (System.nanoTime() - askAgainAtNanos < 0) return Optional.empty();
        try {
            return Optional.of(query.get());
        } catch (RuntimeException away) {
            askAgainAtNanos = System.nanoTime() + NOT_ASKED_FOR.toNanos();
            LOG.infof(
                    "the history database does not answer, and is not asked for %d s: %s",
                    NOT_ASKED_FOR.toSeconds(), away.getMessage());
            return Optional.empty();
        }
    }
}
