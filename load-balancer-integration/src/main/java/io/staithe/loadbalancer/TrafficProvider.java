package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import java.io.IOException;

/**
 * What a proxy can do for an edge host: say what it has, and do one thing at a time. It decides nothing: what to do,
 * when, and when again is {@link EdgeLoop}'s. One caller at a time; every call ends within a deadline of the provider's.
 */
public interface TrafficProvider {
    /**
     * Which configuration carries this table's listeners, rules and target groups. Targets and weights do
     * not count: they change without a new configuration. Pure: equal tables give equal fingerprints, in every run of the same version.
     */
    String fingerprint(RoutingTable table);

    /**
     * What the proxy has now.
     *
     * @throws IOException it runs but did not answer (in time): nothing is known, which is not the same as nothing is there
     */
    Observation observe() throws IOException;

    /** Does one thing. Doing what is already done is {@link Outcome.Done}. */
    Outcome act(EdgeAction action);
}
