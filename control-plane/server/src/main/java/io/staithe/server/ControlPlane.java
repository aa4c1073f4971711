package io.staithe.server;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.server.bootstrap.FirstStart;
import io.staithe.server.capacity.ProviderRunner;
import io.staithe.server.control.LoopRunner;
import io.staithe.server.control.ProcessLease;
import io.staithe.server.gateway.GatewayRunner;
import io.staithe.server.history.HistoryWriter;
import io.staithe.server.http.EventStreams;
import io.staithe.server.state.StateFeed;
import io.staithe.server.state.Tail;
import io.staithe.server.telemetry.TaskSpans;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Starts the parts in order, and stops them in the other: first who decides, then who watches, then what they stand on. */
@Singleton
public class ControlPlane {
    private static final Duration FIRST_STATE_WITHIN = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(ControlPlane.class);

    private final Store store;
    private final StateFeed feed;
    private final ProcessLease lease;
    private final FirstStart firstStart;
    private final InstantSource clock;
    private final List<Tail> tails = new ArrayList<>();
    private final Thread starter = new Thread(this::fill, "first-start");
    private volatile boolean ready;
    private volatile boolean stopping;

    ControlPlane(
            Store store,
            StateFeed feed,
            ProcessLease lease,
            FirstStart firstStart,
            LoopRunner loop,
            GatewayRunner gateway,
            ProviderRunner providers,
            HistoryWriter history,
            EventStreams events,
            TaskSpans spans,
            InstantSource clock) {
        this.store = store;
        this.feed = feed;
        this.lease = lease;
        this.firstStart = firstStart;
        this.clock = clock;
        Tail gatewayTail = new Tail("agent-gateway", feed, gateway);
        gateway.wakeBy(gatewayTail::wake);
        tails.add(new Tail("control-loop", feed, loop));
        tails.add(gatewayTail);
        Tail providerTail = new Tail("providers", feed, providers);
        providers.wakeBy(providerTail::wake);
        tails.add(providerTail);
        tails.add(new Tail("history", feed, history));
        tails.add(new Tail("event-streams", feed, events));
        tails.add(new Tail("task-spans", feed, spans));
        starter.setDaemon(true);
    }

    /** Whether the store is filled, so that requests can be answered. */
    public boolean isReady() {
        return ready;
    }

    /** Whether every thread that must run does. */
    public boolean isAlive() {
        return feed.isRunning() && tails.stream().allMatch(Tail::isRunning);
    }

    /** How often a follower of the state failed and began anew. Above 0: a bug. */
    public long failures() {
        return tails.stream().mapToLong(Tail::failures).sum();
    }

    void start(@Observes StartupEvent event) {
        feed.start();
        lease.start();
        tails.forEach(Tail::start);
        starter.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ready = false;
        stopping = true;
        starter.interrupt();
        tails.forEach(Tail::close);
        lease.close();
        feed.close();
        store.close();
    }

    private void fill() {
        try {
            while (!stopping && !ready) {
                ClusterState state =
                        feed.await(seen -> feed.isFresh(), FIRST_STATE_WITHIN).orElse(null);
                if (state == null) continue;
                try {
                    firstStart.run(state, clock.instant());
                    ready = true;
                } catch (StoreUnavailable e) {
                    LOG.warnf("trying again: %s", e.getMessage());
                    Thread.sleep(FIRST_STATE_WITHIN.toMillis());
                }
            }
        } catch (InterruptedException e) {
            if (!stopping) throw new IllegalStateException("somebody interrupted the first start", e);
        }
    }
}
