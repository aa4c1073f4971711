package io.staithe.loadbalancer;

import java.time.Duration;

/**
 * One server of the proxy.
 *
 * @param mode what was asked for it
 * @param up whether the proxy's check says that it answers; a new server is down until its check has passed
 * @param sinceChange how long {@code up} has been what it is
 * @param weight in proportion to which it gets requests among its target group's, while it is up
 * @param sessions requests that are with it, wait for it or may still come to it although it drains, in every generation of
 *     the proxy that still runs
 * @param check the last check's result, for people
 */
public record ObservedServer(
        String address, int port, Mode mode, boolean up, Duration sinceChange, int weight, int sessions, String check) {
    public enum Mode {
        /** Gets requests while it is up. */
        READY,
        /** Gets no new request; those it has go on. */
        DRAIN,
        /** Out of use. */
        MAINTENANCE
    }

    boolean at(String otherAddress, int otherPort) {
        return port == otherPort && address.equals(otherAddress);
    }
}
