package io.staithe.server.history;

import io.staithe.core.model.Kind;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskId;
import io.staithe.server.ecs.ServiceEvents;
import io.staithe.server.state.StateFeed;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What was said of services, tasks and other objects: from the database, and what is still on its way there. A database that
 * is away leaves only the latter.
 */
public final class PastEvents implements ServiceEvents {
    private final Rows rows;
    private final StateFeed feed;
    private final Asking asking;

    public PastEvents(Rows rows, StateFeed feed, Asking asking) {
        this.rows = rows;
        this.feed = feed;
        this.asking = asking;
    }

    @Override
    public List<ServiceEvent> ofService(ServiceId service, int limit) {
        return newest(event -> service.equals(event.service()), () -> rows.eventsOf(service, limit), limit);
    }

    @Override
    public List<ServiceEvent> ofTask(TaskId task, int limit) {
        return newest(event -> task.equals(event.task()), () -> rows.eventsOf(task, limit), limit);
    }

    @Override
    public List<ServiceEvent> about(String path, int limit) {
        return newest(event -> path.equals(event.about()), () -> rows.eventsAbout(path, limit), limit);
    }

    private List<ServiceEvent> newest(Predicate<ServiceEvent> wanted, Supplier<List<ServiceEvent>> stored, int limit) {
        Map<String, ServiceEvent> byId = new LinkedHashMap<>();
        feed.current().all(Kind.EVENT, ServiceEvent.class).filter(wanted).forEach(event -> byId.put(event.id(), event));
        asking.ask(stored).forEach(event -> byId.put(event.id(), event));
        return byId.values().stream()
                .sorted(Comparator.comparing(ServiceEvent::id).reversed())
                .limit(limit)
                .toList();
    }
}
