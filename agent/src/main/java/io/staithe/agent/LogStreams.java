package io.staithe.agent;

import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerRuntime;
import io.staithe.agent.container.LogLine;
import io.staithe.agent.container.LogQuery;
import io.staithe.agent.session.ControlPlaneLink;
import io.staithe.agent.session.LogOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Containers' output on its way to the control plane: a bounded number of orders, each as fast as its reader. Thread-safe.
 */
final class LogStreams {
    private static final int MOST = 32;

    /** A reader that takes nothing for so long has gone away. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ContainerRuntime runtime;
    private final ControlPlaneLink link;
    private final Map<Long, Order> orders = new HashMap<>();

    LogStreams(ContainerRuntime runtime, ControlPlaneLink link) {
        this.runtime = runtime;
        this.link = link;
    }

    /** One order: ends when the last of its containers' streams has. */
    private static final class Order {
        final Map<String, ContainerRuntime.Subscription> open = new HashMap<>();
        final Set<String> unfinished = new HashSet<>();
        volatile boolean over;

        @Nullable
        String error;
    }

    /** @param containers the runtime's ids by name; those that were ordered and are here. May block */
    void open(LogOrder wanted, Map<String, String> containers) {
        Order order = new Order();
        order.unfinished.addAll(containers.keySet());
        synchronized (this) {
            if (orders.size() >= MOST) order.error = "this host already sends " + MOST + " logs";
            else if (containers.isEmpty()) order.error = "there is no such container on its host any more";
            else orders.put(wanted.id(), order);
        }
        if (order.error != null) link.endOfLog(wanted.id(), order.error);
        else containers.forEach((name, id) -> follow(wanted, order, name, id));
    }

    private void follow(LogOrder wanted, Order order, String name, String id) {
        LogQuery query = new LogQuery(wanted.follow(), wanted.tailLines(), wanted.since());
        try {
            ContainerRuntime.Subscription stream = runtime.logs(id, query, new Sink(wanted.id(), order, name));
            boolean late;
            synchronized (this) {
                late = order.over || !order.unfinished.contains(name);
                if (!late) order.open.put(name, stream);
            }
            if (late) stream.close();
        } catch (ContainerException failure) {
            finished(wanted.id(), order, name, failure.getMessage());
        }
    }

    private synchronized void finished(long id, Order order, String name, @Nullable String error) {
        order.open.remove(name);
        if (order.error == null) order.error = error;
        if (!order.unfinished.remove(name) || !order.unfinished.isEmpty()) return;
        if (orders.remove(id, order) && !order.over) link.endOfLog(id, order.error);
    }

    /** Nobody reads this one any more. */
    void cancel(long id) {
        Order order;
        synchronized (this) {
            order = orders.remove(id);
        }
        if (order != null) close(order);
    }

    /** The session is over, and with it all orders. */
    void cancelAll() {
        Set<Long> ids;
        synchronized (this) {
            ids = Set.copyOf(orders.keySet());
        }
        ids.forEach(this::cancel);
    }

    private void close(Order order) {
        Set<ContainerRuntime.Subscription> open;
        synchronized (this) {
            order.over = true;
            open = Set.copyOf(order.open.values());
        }
        open.forEach(ContainerRuntime.Subscription::close);
    }

    private final class Sink implements ContainerRuntime.LogSink {
        private final long id;
        private final Order order;
        private final String container;
        private boolean unread;

        Sink(long id, Order order, String container) {
            this.id = id;
            this.order = order;
            this.container = container;
        }

        /** Waits for the wire: the runtime's stream waits with it. */
        @Override
        public void line(LogLine line) {
            if (unread || order.over) return;
            try {
                unread = !link.log(id, container, line.stderr(), line.text(), PATIENCE);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                unread = true;
            }
            if (unread) cancel(id);
        }

        @Override
        public void ended(@Nullable ContainerException failure) {
            finished(id, order, container, failure == null ? null : failure.getMessage());
        }
    }
}
