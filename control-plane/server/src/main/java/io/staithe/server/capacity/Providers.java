package io.staithe.server.capacity;

import io.staithe.capacity.provider.InstanceProvider;
import io.staithe.capacity.provider.local.LocalProvider;
import io.staithe.capacity.provider.local.LocalSettings;
import io.staithe.server.config.StaitheConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The providers that this control plane can ask. Each is made when a host group needs it. */
public final class Providers {
    private static final Duration ENDING = Duration.ofSeconds(30);

    private final StaitheConfig config;
    private final Path hosts;
    private final InstantSource clock;

    /** @param hosts folder of the hosts on this machine */
    public Providers(StaitheConfig config, Path hosts, InstantSource clock) {
        this.config = config;
        this.hosts = hosts;
        this.clock = clock;
    }

    /** Empty: it is not set up here. */
    public Optional<InstanceProvider> open(String name) {
        return LocalProvider.NAME.equals(name) ? local() : Optional.empty();
    }

    /** Why {@link #open} has none. */
    static String missing(String name) {
        return LocalProvider.NAME.equals(name)
                ? "the control plane does not know how to start an agent: set staithe.capacity.local.agent"
                : "provider " + name + " is not set up";
    }

    private Optional<InstanceProvider> local() {
        StaitheConfig.Local local = config.capacity().local();
        List<String> agent = local.agent().orElse(List.of());
        if (agent.isEmpty()) return Optional.empty();
        String gateway = local.gateway().orElse("127.0.0.1:" + config.gateway().port());
        return Optional.of(new LocalProvider(
                new LocalSettings(
                        hosts,
                        agent,
                        gateway,
                        local.dockerHost(),
                        LocalProvider.cgroups().orElse(null),
                        ENDING),
                clock));
    }
}
