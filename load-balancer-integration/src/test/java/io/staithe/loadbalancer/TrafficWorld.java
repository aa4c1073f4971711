package io.staithe.loadbalancer;

import io.staithe.core.assignment.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** A proxy's surroundings in a test: its provider, the backends, the clients, and what can go wrong. */
interface TrafficWorld extends AutoCloseable {
    /** @param body the task's number when a backend answered */
    record Answer(int status, String body) {}

    /** A backend that answers {@code /health} and everything else, with its number. */
    interface Backend {
        Target target();

        void healthy(boolean healthy) throws Exception;

        void kill() throws Exception;
    }

    /** A request whose answer waits. */
    interface Pending {
        /** Lets the backend answer. */
        Answer finish() throws Exception;

        void abandon() throws Exception;
    }

    enum Victim {
        WORKER,
        MASTER
    }

    TrafficProvider provider();

    void recreateProvider() throws Exception;

    Instant now();

    /** Time passes: virtual time is moved, real time is waited for. */
    void pass(Duration time);

    int freePort() throws Exception;

    void takePort(int port, boolean taken) throws Exception;

    Backend backend(int task, String group) throws Exception;

    Answer get(int port, String host, String pathAndQuery) throws Exception;

    /** Whether a request gets 200; not, when nobody listens. */
    boolean answers(int port) throws Exception;

    /** A request that has reached this backend. */
    Pending begin(int port, Backend backend) throws Exception;

    /** How often a configuration has been loaded. */
    int loads() throws Exception;

    /** Which proxy it is: another one after a restart. */
    String identity() throws Exception;

    void crash(Victim victim) throws Exception;

    @Override
    void close() throws IOException;
}
