package io.staithe.agent;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for calls that block. There are as many as there is work, which its givers bound, and none when there is none:
 * an idle agent holds no thread for it.
 */
final class Workers implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 20;
    private static final int STACK_BYTES = 512 * 1024;

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor pool;

    /** @param most threads; whoever gives more work than that is wrong, and told so by an exception */
    Workers(int most) {
        pool = new ThreadPoolExecutor(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "worker-" + number.incrementAndGet(), STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /** For work that its giver does not bound. @return false when every thread is busy */
    boolean offer(Runnable work) {
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException busy) {
            return false;
        }
    }

    /** Takes no more work, and leaves what is being done to itself: it is done again, or found done, next time. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
