package io.staithe.server.http;

import java.util.concurrent.atomic.AtomicInteger;

/** How many streams may be open at once, of all kinds together. */
public final class StreamLimit {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    public StreamLimit(int most) {
        this.most = most;
    }

    boolean enter() {
        if (open.incrementAndGet() <= most) return true;
        open.decrementAndGet();
        return false;
    }

    void leave() {
        open.decrementAndGet();
    }

    public int open() {
        return open.get();
    }
}
