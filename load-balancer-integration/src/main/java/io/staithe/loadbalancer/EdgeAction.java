package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.TargetGroup;
import java.util.Map;

/** One thing to do to a proxy. Only {@link Configure} replaces its configuration. */
public sealed interface EdgeAction {
    /**
     * Load this table, targets included, and start the proxy when it does not run. Targets that the proxy knows keep their
     * state; others get no request before their check has passed. Requests that are under way end where they are.
     */
    record Configure(RoutingTable table) implements EdgeAction {}

    /**
     * Divide the requests of actions with several target groups in these ways from now on, the running ones' aside. It is
     * what a proxy that is loaded or started again goes on with.
     *
     * @param splits of all such actions of the loaded table, by {@link Routes.Route#id}
     */
    record SetSplits(Map<String, Split> splits) implements EdgeAction {
        public SetSplits {
            splits = Map.copyOf(splits);
        }
    }

    /** Add a server that gets requests as soon as its check has passed. */
    record AddServer(Target target, TargetGroup group) implements EdgeAction {}

    /** Let a drained server have requests again, once its check passes. */
    record SetReady(ServerName server) implements EdgeAction {}

    /** Give it no new request; let those it has end. */
    record SetDrain(ServerName server) implements EdgeAction {}

    /** Give it requests in proportion to this weight among its target group's from now on. */
    record SetWeight(ServerName server, int weight) implements EdgeAction {}

    /** Take it out, and end what is still with it. */
    record RemoveServer(ServerName server) implements EdgeAction {}
}
