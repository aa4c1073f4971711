package io.staithe.core.query;

import io.staithe.core.model.ContainerInstance;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The facts of a host of the model.
 *
 * @param taskGroups the groups of the tasks on it; not copied, for a scheduler that goes on placing
 * @param runningTasksCount from 0
 */
public record InstanceFacts(ContainerInstance instance, Set<String> taskGroups, int runningTasksCount)
        implements Facts {
    @Override
    public Optional<String> attribute(String name) {
        return instance.attribute(name);
    }

    @Override
    public boolean agentConnected() {
        return instance.isConnected();
    }

    @Override
    public String agentVersion() {
        return instance.agentVersion();
    }

    /** Hosts are not EC2 instances; the API shows their names in that place. */
    @Override
    public String instanceId() {
        return instance.hostName();
    }

    @Override
    public Instant registeredAt() {
        return instance.registeredAt();
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
