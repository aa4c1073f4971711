package io.staithe.capacity.provider.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where hosts of this machine live, and how their agents are started.
 *
 * @param folder for the hosts, one folder each
 * @param agent the command that starts an agent, without its options
 * @param gateway where agents reach the control plane, {@code HOST:PORT}
 * @param dockerHost the engine that the hosts share
 * @param cgroups where the kernel's control groups are mounted; absent: a slice is not enforced, its containers each are
 * @param ending how long a host's end may take
 */
public record LocalSettings(
        Path folder,
        List<String> agent,
        String gateway,
        String dockerHost,
        @Nullable Path cgroups,
        Duration ending) {
    public LocalSettings {
        agent = List.copyOf(agent);
        if (agent.isEmpty()) throw new IllegalArgumentException("the agent's command must not be empty");
    }
}
