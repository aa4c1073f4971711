package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TargetHealth.State;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread between an {@link EdgeLoop} and its provider. {@link #desired} and {@link #health} may be called from any
 * thread; reports are made on the runner's. Ending it leaves the proxy as it is, carrying traffic.
 */
public final class EdgeRunner implements AutoCloseable {
    /** What the runner tells. It must not block for long: nothing is observed meanwhile. */
    public interface Reports {
        /**
         * Targets whose health is new or different. One that has left the table and the proxy is UNUSED, once. The first
         * call says that {@link EdgeRunner#health} is known from now on, even if there is no target.
         */
        void changed(List<TargetHealth> health);

        /** All that stands in the way now, whenever it changes; empty: nothing does. */
        void problems(List<String> problems);
    }

    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

    private final EdgeLoop loop;
    private final TrafficProvider provider;
    private final InstantSource clock;
    private final Reports reports;
    private final AtomicReference<@Nullable RoutingTable> inbox = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private volatile @Nullable Thread thread;
    private volatile boolean closed;
    private volatile @Nullable List<TargetHealth> health;
    private List<String> problems = List.of();
    private @Nullable String unanswered;

    public EdgeRunner(InstanceId edge, TrafficProvider provider, InstantSource clock, Reports reports) {
        this.loop = new EdgeLoop(edge, provider::fingerprint);
        this.provider = provider;
        this.clock = clock;
        this.reports = reports;
    }

    /** Begins, on one thread of the executor that it keeps until {@link #close}. Once only. */
    public void start(Executor executor) {
        executor.execute(this::run);
    }

    /** What to carry from now on; the newest wins. Before the first table the proxy is left as it is. */
    public void desired(RoutingTable table) {
        inbox.set(table);
        LockSupport.unpark(thread);
    }

    /** The newest health of all targets, for whoever has to be told everything; absent until there was a table and a look. */
    public Optional<List<TargetHealth>> health() {
        return Optional.ofNullable(health);
    }

    /** Ends the thread and waits for it. The proxy goes on. */
    @Override
    public void close() {
        closed = true;
        if (thread == null) return;
        LockSupport.unpark(thread);
        try {
            if (!over.await(LONGEST_CALL.toMillis(), TimeUnit.MILLISECONDS))
                throw new IllegalStateException("a call to the proxy did not end within its deadline");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        thread = Thread.currentThread();
        try {
            while (!closed) {
                turn();
                Duration pause = Duration.between(clock.instant(), loop.wakeAt());
                if (!closed && inbox.get() == null && !pause.isNegative()) LockSupport.parkNanos(this, pause.toNanos());
            }
        } finally {
            over.countDown();
        }
    }

    private void turn() {
        RoutingTable table = inbox.getAndSet(null);
        if (table != null) loop.desired(table);
        observe();
        for (EdgeAction action : loop.next(clock.instant())) {
            Outcome outcome = provider.act(action);
            loop.completed(action, outcome, clock.instant());
        }
        report();
    }

    private void observe() {
        try {
            Observation observation = provider.observe();
            unanswered = null;
            loop.observed(observation, clock.instant());
        } catch (IOException e) {
            unanswered = "the proxy does not answer: " + e.getMessage();
            loop.unobserved(clock.instant());
        }
    }

    private void report() {
        loop.health().ifPresent(this::report);
        List<String> standing = new ArrayList<>(loop.problems());
        if (unanswered != null) standing.add(unanswered);
        if (!standing.equals(problems)) reports.problems(standing);
        problems = standing;
    }

    private void report(List<TargetHealth> now) {
        List<TargetHealth> before = health;
        if (now.equals(before)) return;
        List<TargetHealth> changed = changes(before == null ? List.of() : before, now);
        health = now;
        if (before == null || !changed.isEmpty()) reports.changed(changed);
    }

    /** What is new or different in {@code after}; what is no more is UNUSED. */
    static List<TargetHealth> changes(List<TargetHealth> before, List<TargetHealth> after) {
        Map<String, TargetHealth> old = new TreeMap<>();
        before.forEach(target -> old.put(target.target(), target));
        List<TargetHealth> changes = new ArrayList<>();
        for (TargetHealth target : after) if (!target.equals(old.remove(target.target()))) changes.add(target);
        old.values().stream().filter(gone -> gone.state() != State.UNUSED).forEach(gone -> changes.add(unused(gone)));
        return changes;
    }

    private static TargetHealth unused(TargetHealth gone) {
        return new TargetHealth(
                gone.edge(),
                gone.task(),
                gone.targetGroup(),
                gone.containerName(),
                gone.containerPort(),
                State.UNUSED,
                "no server");
    }
}
