package io.staithe.loadbalancer;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a proxy has at one moment.
 *
 * @param running whether it takes requests at all; when not, the rest is empty
 * @param fingerprint of the configuration that is loaded, see {@link TrafficProvider#fingerprint}
 * @param ports on which it listens for requests
 * @param targetGroups to which servers can be added
 * @param splits how actions with several target groups divide their requests, by {@link Routes.Route#id}
 */
public record Observation(
        boolean running,
        String fingerprint,
        Set<Integer> ports,
        Set<String> targetGroups,
        Map<String, Split> splits,
        Map<ServerName, ObservedServer> servers) {
    public static final Observation NOT_RUNNING = new Observation(false, "", Set.of(), Set.of(), Map.of(), Map.of());

    public Observation {
        ports = Set.copyOf(ports);
        targetGroups = Set.copyOf(targetGroups);
        splits = Map.copyOf(splits);
        servers = Collections.unmodifiableMap(new TreeMap<>(servers));
    }
}
