package io.staithe.core.query;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What expressions can ask about a host. */
public interface Facts {
    /** Empty: the host has no such attribute. The text is empty where the attribute has no value. */
    Optional<String> attribute(String name);

    boolean agentConnected();

    String agentVersion();

    /** What the API shows as {@code ec2InstanceId}. */
    String instanceId();

    Instant registeredAt();

    int runningTasksCount();

    /** Whether a task of this group is on the host. */
    boolean runsGroup(String group);

    /** The groups of the tasks on the host, each once. */
    Stream<String> groups();
}
