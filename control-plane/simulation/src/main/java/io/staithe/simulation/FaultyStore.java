package io.staithe.simulation;

import io.staithe.core.model.Task;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.MemoryStore;
import io.staithe.core.store.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The memory store behind a slow and unreliable connection: commits take time and may end without an answer, applied or
 * not; views lag behind, in order, and are lost; leases end when their holder is silent.
 */
final class FaultyStore {
    private static final Duration COMMIT_DEADLINE = Duration.ofSeconds(3);

    final MemoryStore memory = new MemoryStore();
    private final Timeline timeline;
    private final Chance chance;
    private final Journal journal;
    private final List<LaggingView> views = new ArrayList<>();
    private Faults faults = Faults.NONE;

    FaultyStore(Timeline timeline, Chance chance, Journal journal) {
        this.timeline = timeline;
        this.chance = chance;
        this.journal = journal;
    }

    void faults(Faults to) {
        faults = to;
    }

    ClusterState state() {
        return memory.state();
    }

    /** @param done called later, once */
    void commit(String who, Plan plan, @Nullable Lease lease, Consumer<CommitResult> done) {
        boolean answerLost = chance.happens(faults.unknownCommit());
        boolean applied = !answerLost || chance.happens(0.5);
        Duration there = chance.happens(faults.slowCommit()) ? chance.millis(200, 2_500) : chance.millis(1, 8);
        timeline.after(there, () -> {
            journal.write(who + " commits " + describe(plan));
            CommitResult result = applied ? memory.commit(plan, lease) : new CommitResult.Unknown("lost on the way");
            String told = answerLost ? "Unknown" : result.toString();
            journal.write(who + ": " + result + ", told " + told);
            if (answerLost) timeline.after(COMMIT_DEADLINE, () -> done.accept(new CommitResult.Unknown("no answer")));
            else timeline.after(chance.millis(1, 8), () -> done.accept(result));
        });
    }

    private static String describe(Plan plan) {
        return plan.changes().stream().map(FaultyStore::describe).collect(Collectors.joining(", "));
    }

    private static String describe(Change change) {
        if (change instanceof Change.Put put && put.entity() instanceof Task task)
            return "task " + task.id().value().substring(0, 6) + " " + task.lastStatus() + "/" + task.desiredStatus()
                    + (task.healthySince() == null ? "" : " healthy")
                    + (task.service() == null ? "" : " of " + task.service());
        String verb = change instanceof Change.Put ? "" : "delete ";
        return verb + change.key();
    }

    /** Snapshot and events arrive later, in order. */
    LaggingView open(Consumer<Event> sink) {
        LaggingView view = new LaggingView(sink);
        views.add(view);
        return view;
    }

    /** One view, at random, may have missed something. */
    void loseAView() {
        if (!views.isEmpty()) chance.pick(views).lose();
    }

    final class LaggingView {
        private final Consumer<Event> sink;
        private final View view;
        private Instant lastArrival = timeline.now();
        private boolean closed;

        LaggingView(Consumer<Event> sink) {
            this.sink = sink;
            this.view = memory.open(this::deliver);
        }

        ClusterState snapshot() {
            return view.snapshot();
        }

        private void deliver(Event event) {
            Instant arrival = timeline.now().plus(chance.millis(1, 40));
            if (arrival.isBefore(lastArrival)) arrival = lastArrival;
            lastArrival = arrival;
            timeline.at(arrival, () -> {
                if (!closed) sink.accept(event);
            });
        }

        void lose() {
            if (closed) return;
            close();
            timeline.after(chance.millis(1, 2_000), () -> sink.accept(new Event.Lost("compacted")));
        }

        void close() {
            closed = true;
            view.close();
            views.remove(this);
        }
    }
}
