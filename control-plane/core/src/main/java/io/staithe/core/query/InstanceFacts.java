package io.staithe.core.query;

import io.staithe.core.model.ContainerInstance;
import java.time.Instant;
import java.util.Optional;

/** The facts of a host of the model; which tasks are on it is known to whoever asks. */
public interface InstanceFacts extends Facts {
    ContainerInstance instance();

    @Override
    default Optional<String> attribute(String name) {
        return instance().attribute(name);
    }

    @Override
    default boolean agentConnected() {
        return instance().isConnected();
    }

    @Override
    default String agentVersion() {
        return instance().agentVersion();
    }

    /** Hosts are not EC2 instances; the API shows their names in that place. */
    @Override
    default String instanceId() {
        return instance().hostName();
    }

    @Override
    default Instant registeredAt() {
        return instance().registeredAt();
    }
}
