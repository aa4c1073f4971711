package io.staithe.server.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.server.state.StateFeed;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state in numbers. They are counted when somebody asks, once for each state. */
public final class StateMeters {
    private final StateFeed feed;
    private @Nullable ClusterState counted;
    private Map<LastStatus, Integer> tasks = new EnumMap<>(LastStatus.class);
    private int connectedHosts;

    private StateMeters(StateFeed feed) {
        this.feed = feed;
    }

    static void register(MeterRegistry meters, StateFeed feed) {
        StateMeters state = new StateMeters(feed);
        for (LastStatus status : LastStatus.values())
            Gauge.builder("staithe.tasks", () -> state.tasks(status))
                    .description("Stored tasks by their last status")
                    .tag("status", status.name())
                    .register(meters);
        Gauge.builder("staithe.hosts.connected", state::connectedHosts).register(meters);
        Gauge.builder("staithe.hosts", () -> feed.current().count(Kind.INSTANCE))
                .register(meters);
        Gauge.builder("staithe.services", () -> feed.current().count(Kind.SERVICE))
                .register(meters);
        Gauge.builder("staithe.events.waiting", () -> feed.current().count(Kind.EVENT))
                .description("Explanations in the store that are not in the database yet")
                .register(meters);
        Gauge.builder("staithe.usage.waiting", () -> feed.current().count(Kind.USAGE))
                .description("Usage records in the store that are not in the database yet")
                .register(meters);
        Gauge.builder("staithe.store.revision", () -> feed.current().revision()).register(meters);
        Gauge.builder("staithe.store.objects", () -> feed.current().size()).register(meters);
        FunctionCounter.builder("staithe.feed.openings", feed, StateFeed::openings)
                .description("Views opened on the store")
                .register(meters);
        FunctionCounter.builder("staithe.feed.missed", feed, StateFeed::missedUpdates)
                .description("Updates that a listing showed and no view had told")
                .register(meters);
    }

    private synchronized int tasks(LastStatus status) {
        count();
        return tasks.getOrDefault(status, 0);
    }

    private synchronized int connectedHosts() {
        count();
        return connectedHosts;
    }

    private void count() {
        ClusterState current = feed.current();
        if (current == counted) return;
        counted = current;
        Map<LastStatus, Integer> sums = new EnumMap<>(LastStatus.class);
        current.all(Kind.TASK, Task.class).forEach(task -> sums.merge(task.lastStatus(), 1, Integer::sum));
        tasks = sums;
        connectedHosts = (int) current.all(Kind.INSTANCE, ContainerInstance.class)
                .filter(ContainerInstance::isConnected)
                .count();
    }
}
