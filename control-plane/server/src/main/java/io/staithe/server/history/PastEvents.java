package io.staithe.server.history;

import io.staithe.core.model.Kind;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskId;
import io.staithe.server.ecs.ServiceEvents;
import io.staithe.server.state.StateFeed;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What was said of services and tasks: from the database, and what is still on its way there. A database that is away
 * leaves only the latter, and fails nobody's request.
 */
public final class PastEvents implements ServiceEvents {
    /** A database that did not answer is left alone for so long, so that not every request waits for it. */
    private static final Duration NOT_ASKED_FOR = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(PastEvents.class);

    private final Rows rows;
    private final StateFeed feed;
    private volatile long askAgainAtNanos = System.nanoTime();

    public PastEvents(Rows rows, StateFeed feed) {
        this.rows = rows;
        this.feed = feed;
    }

    @Override
    public List<ServiceEvent> ofService(ServiceId service, int limit) {
        return newest(event -> service.equals(event.service()), () -> rows.eventsOf(service, limit), limit);
    }

    @Override
    public List<ServiceEvent> ofTask(TaskId task, int limit) {
        return newest(event -> task.equals(event.task()), () -> rows.eventsOf(task, limit), limit);
    }

    /**
     * Newest first.
     *
     * @param path of the object's key, such as {@code /instances/0123...}
     */
    public List<ServiceEvent> about(String path, int limit) {
        return newest(event -> path.equals(event.about()), () -> rows.eventsAbout(path, limit), limit);
    }

    private List<ServiceEvent> newest(Predicate<ServiceEvent> wanted, Supplier<List<ServiceEvent>> stored, int limit) {
        Map<String, ServiceEvent> byId = new LinkedHashMap<>();
        feed.current().all(Kind.EVENT, ServiceEvent.class).filter(wanted).forEach(event -> byId.put(event.id(), event));
        if (System.nanoTime() - askAgainAtNanos >= 0) addStored(byId, stored);
        return byId.values().stream()
                .sorted(Comparator.comparing(ServiceEvent::id).reversed())
                .limit(limit)
                .toList();
    }

    private void addStored(Map<String, ServiceEvent> byId, Supplier<List<ServiceEvent>> stored) {
        try {
            stored.get().forEach(event -> byId.put(event.id(), event));
        } catch (RuntimeException away) {
            askAgainAtNanos = System.nanoTime() + NOT_ASKED_FOR.toNanos();
            LOG.infof(
                    "the history database does not answer, and is not asked for %d s: %s",
                    NOT_ASKED_FOR.toSeconds(), away.getMessage());
        }
    }
}
