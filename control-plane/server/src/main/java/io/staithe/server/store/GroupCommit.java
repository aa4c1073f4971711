package io.staithe.server.store;

import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes a {@link StateFile}: it takes whatever has come together since the last sync and writes it with
 * the next one. Bounded by its callers, who each wait for what they added.
 */
final class GroupCommit implements AutoCloseable {
    private static final int MAX_COMMITS_IN_A_BATCH = 256;
    private static final long ANSWER_WITHIN_SECONDS = 10;
    private static final long CLOSE_WITHIN_SECONDS = 30;

    private final StateFile file;
    private final Consumer<List<Event.Changed>> published;
    private final Consumer<Throwable> failed;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final Pending end = new Pending(null, new StateFile.Commit(0, List.of()));
    private final Thread thread = new Thread(this::run, "staithe-store-writer");
    /** Added last; done when everything added so far is. */
    private Pending latest = new Pending(null, new StateFile.Commit(0, List.of()));

    /**
     * @param published is told, in order, what is on the disk, before whoever added it
     * @param failed is told once, before everything that waits is answered Unknown; nothing is written after
     */
    GroupCommit(StateFile file, Consumer<List<Event.Changed>> published, Consumer<Throwable> failed) {
        this.file = file;
        this.published = published;
        this.failed = failed;
        latest.result.complete(new CommitResult.Committed(0));
        thread.setDaemon(true);
        thread.start();
    }

    /** Callers add in the order of revisions. */
    Pending add(Event.Changed event, StateFile.Commit commit) {
        latest = new Pending(event, commit);
        queue.add(latest);
        return latest;
    }

    Pending latest() {
        return latest;
    }

    /** Writes what was added, then closes the file. */
    @Override
    public void close() {
        queue.add(end);
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_WITHIN_SECONDS);
        while (thread.isAlive() && System.nanoTime() < deadline) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
            } catch (InterruptedException e) {
                // The thread itself is never interrupted: that would close the file under it.
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        if (thread.isAlive()) throw new IllegalStateException("the store's file does not close");
    }

    private void run() {
        List<Pending> batch = new ArrayList<>();
        try {
            while (!batch.contains(end)) {
                batch.clear();
                batch.add(queue.take());
                queue.drainTo(batch, MAX_COMMITS_IN_A_BATCH - 1);
                write(batch.stream().filter(pending -> pending != end).toList());
            }
            file.close();
        } catch (Throwable e) {
            failed.accept(e);
            answer(batch, e);
            file.abandon();
        }
        List<Pending> tooLate = new ArrayList<>();
        queue.drainTo(tooLate);
        answer(tooLate, new IllegalStateException("the store was closed"));
    }

    private void write(List<Pending> batch) {
        if (batch.isEmpty()) return;
        file.write(batch.stream().map(pending -> pending.commit).toList());
        List<Event.Changed> events = new ArrayList<>();
        for (Pending pending : batch) if (pending.event != null) events.add(pending.event);
        published.accept(events);
        for (Pending pending : batch) pending.result.complete(new CommitResult.Committed(pending.commit.revision()));
    }

    private static void answer(List<Pending> batch, Throwable cause) {
        for (Pending pending : batch) pending.result.complete(new CommitResult.Unknown(cause.toString()));
    }

    /** A commit on its way to the disk. */
    static final class Pending {
        private final Event.@Nullable Changed event;
        private final StateFile.Commit commit;
        private final CompletableFuture<CommitResult> result = new CompletableFuture<>();

        private Pending(Event.@Nullable Changed event, StateFile.Commit commit) {
            this.event = event;
            this.commit = commit;
        }

        /** Committed, or Unknown after a bounded time. */
        CommitResult await() {
            try {
                return result.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                return new CommitResult.Unknown(
                        "the disk did not take it within " + ANSWER_WITHIN_SECONDS + " seconds");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new CommitResult.Unknown("interrupted while waiting for the disk");
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
