package io.staithe.core.query;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A host of which a test says everything. */
record GivenFacts(
        Map<String, String> attributes,
        boolean agentConnected,
        String agentVersion,
        String instanceId,
        Instant registeredAt,
        int runningTasksCount,
        Set<String> taskGroups)
        implements Facts {
    static final GivenFacts HOST = new GivenFacts(
            Map.of("disk", "ssd", "slots", "9", "gpu", "", "ecs.instance-type", "t2.small", "team", "data platform"),
            true,
            "1.10.0",
            "i-abcd1234",
            Instant.parse("2018-06-18T22:28:28.5Z"),
            3,
            Set.of("service:web", "family:job"));

    GivenFacts withDisk(String value) {
        return new GivenFacts(
                Map.of("disk", value), agentConnected, agentVersion, instanceId, registeredAt, 0, taskGroups);
    }

    GivenFacts withVersion(String version) {
        return new GivenFacts(attributes, agentConnected, version, instanceId, registeredAt, 0, taskGroups);
    }

    @Override
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    @Override
    public boolean runsGroup(String group) {
        return taskGroups.contains(group);
    }

    @Override
    public Stream<String> groups() {
        return taskGroups.stream();
    }
}
