package io.staithe.server.gateway;

/** Takes a task's output. Called by one thread at a time; must not block. */
public interface LogReader {
    /** @return false: no more is wanted */
    boolean chunk(String container, byte[] data);

    /**
     * Nothing follows.
     *
     * @param error why it ended early; empty: it ended by itself
     */
    void end(String error);
}
