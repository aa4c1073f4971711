package io.staithe.server.control;

import io.staithe.core.control.Candidacy;
import io.staithe.core.control.ControlLoop;
import io.staithe.core.control.Reconciler;
import io.staithe.core.model.Leader;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.server.state.Follower;
import io.staithe.server.state.StateFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seeks leadership, and runs the control loop while it has it. Every plan carries a guard on the leader's key, so that a
 * process that was paused and overtaken commits nothing; and it asks its own lease before each commit, so that it stops
 * before another starts.
 */
public final class LoopRunner implements Follower {
    /** How often a process that does not lead looks whether it could; an ended leadership is also told as an event. */
    private static final Duration SEEK_EVERY = Duration.ofMillis(500);
    /** The state soon shows what came of a claim. */
    private static final Duration SEEK_AFTER_CLAIM = Duration.ofMillis(20);
    /** The lease has to be looked at even when nothing happens. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    private static final Duration VIEW_TIMEOUT = Duration.ofSeconds(5);
    /** Commits before events are taken in again. */
    private static final int MAX_COMMITS_IN_A_ROW = 16;

    private static final Logger LOG = Logger.getLogger(LoopRunner.class);

    /** What leading means: which lease it hangs on, and the loop that its revision fences. */
    private record Leading(Lease lease, long revision, ControlLoop loop) {}

    private final String node;
    private final Store store;
    private final StateFeed feed;
    private final ProcessLease lease;
    private final List<Reconciler> reconcilers;
    private final InstantSource clock;
    private final Consumer<Plan> onPlan;
    private final Consumer<ControlLoop.Failure> onFailure;

    private ClusterState state = ClusterState.EMPTY;
    private volatile @Nullable Leading leading;

    /**
     * @param node this process's name as leader
     * @param onPlan is told each plan before it is committed
     * @param onFailure is told each reconciler that threw
     */
    public LoopRunner(
            String node,
            Store store,
            StateFeed feed,
            ProcessLease lease,
            List<Reconciler> reconcilers,
            InstantSource clock,
            Consumer<Plan> onPlan,
            Consumer<ControlLoop.Failure> onFailure) {
        this.node = node;
        this.store = store;
        this.feed = feed;
        this.lease = lease;
        this.reconcilers = List.copyOf(reconcilers);
        this.clock = clock;
        this.onPlan = onPlan;
        this.onFailure = onFailure;
    }

    /** Whether this process leads, as far as it knows. */
    public boolean leads() {
        Leading current = leading;
        return current != null && current.lease().isHeld();
    }

    /** What whatever else the leader commits must be guarded by; empty: another process leads. */
    public Optional<Guard> leadership() {
        Leading current = leading;
        return current != null && current.lease().isHeld()
                ? Optional.of(new Guard(Leader.KEY, current.revision()))
                : Optional.empty();
    }

    @Override
    public void restart(ClusterState snapshot) {
        state = snapshot;
        Leading current = leading;
        if (current != null) current.loop().open(snapshot);
    }

    @Override
    public void changed(ClusterState before, Event.Changed event, ClusterState after) {
        state = after;
        Leading current = leading;
        if (current != null) current.loop().on(event);
    }

    @Override
    public Duration settle() throws InterruptedException {
        Leading current = leading;
        if (current == null) return seek();
        if (isOver(current)) return resign("its lease or its key is gone");
        for (int commits = 0; commits < MAX_COMMITS_IN_A_ROW; commits++) {
            if (current.loop().needsView()) openView(current);
            Optional<Plan> plan = current.loop().next(clock.instant());
            current.loop().failures().forEach(onFailure);
            if (plan.isEmpty()) return untilWake(current.loop());
            if (!current.lease().isHeld()) return resign("its lease has ended");
            onPlan.accept(plan.get());
            CommitResult result = store.commit(plan.get());
            if (result instanceof CommitResult.Conflict conflict
                    && conflict.key().equals(Leader.KEY)) return resign("another process leads");
            current.loop().on(result, clock.instant());
        }
        return Duration.ZERO;
    }

    private Duration seek() {
        Lease held = lease.held().orElse(null);
        if (held == null) return SEEK_EVERY;
        Candidacy step = Candidacy.next(state, node, clock.instant());
        if (step instanceof Candidacy.Stand stand) {
            store.commit(stand.plan(), held);
            return SEEK_AFTER_CLAIM;
        }
        if (!(step instanceof Candidacy.Lead lead)) return SEEK_EVERY;
        LOG.infof("%s leads, from revision %d on", node, lead.revision());
        ControlLoop loop = new ControlLoop(reconcilers, List.of(new Guard(Leader.KEY, lead.revision())));
        loop.open(state);
        leading = new Leading(held, lead.revision(), loop);
        return Duration.ZERO;
    }

    /** The key may be newer than what has been told so far, but never another one. */
    private boolean isOver(Leading current) {
        if (!current.lease().isHeld()) return true;
        return state.revision() >= current.revision() && state.revisionOf(Leader.KEY) != current.revision();
    }

    private Duration resign(String why) {
        LOG.warnf("%s no longer leads: %s", node, why);
        leading = null;
        return SEEK_EVERY;
    }

    /** A commit without an answer may have been applied: plan on only with what the store shows. */
    private void openView(Leading current) throws InterruptedException {
        if (feed.refresh(VIEW_TIMEOUT)) current.loop().open(feed.current());
    }

    private Duration untilWake(ControlLoop loop) {
        Instant wakeAt = loop.wakeAt().orElse(null);
        if (wakeAt == null) return LONGEST_SLEEP;
        Duration sleep = Duration.between(clock.instant(), wakeAt);
        if (sleep.isNegative()) return Duration.ZERO;
        return sleep.compareTo(LONGEST_SLEEP) < 0 ? sleep : LONGEST_SLEEP;
    }
}
