package io.staithe.server.capacity;

import io.staithe.capacity.provider.InstanceProvider;
import io.staithe.capacity.provider.ProviderContext;
import io.staithe.capacity.provider.local.LocalProvider;
import io.staithe.capacity.provider.local.LocalSettings;
import io.staithe.server.config.StaitheConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The providers that this control plane can ask. Each is opened when a host group needs it. */
public final class Providers {
    private static final Duration ENDING = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final StaitheConfig config;
    private final Path hosts;
    private final String owner;
    private final InstantSource clock;

    /**
     * @param hosts folder of what providers must not forget, and of the hosts on this machine
     * @param owner where the configuration says nothing
     */
    public Providers(StaitheConfig config, Path hosts, String owner, InstantSource clock) {
        this.config = config;
        this.hosts = hosts;
        this.owner = config.capacity().owner().orElse(owner);
        this.clock = clock;
    }

    /** @throws IllegalArgumentException when it is not set up here, for people */
    public InstanceProvider open(String name) {
        if (LocalProvider.NAME.equals(name)) return local();
        return io.staithe.capacity.provider.Providers.open(name, context(name));
    }

    private ProviderContext context(String name) {
        String gateway = config.capacity()
                .gateway()
                .orElseThrow(() -> new IllegalArgumentException(
                        "hosts elsewhere do not know where the gateway is: set staithe.capacity.gateway"));
        return new ProviderContext(owner, gateway, certificates(), hosts.resolve(name), configuration(name), DEADLINE);
    }

    private Map<String, String> configuration(String name) {
        return switch (name) {
            case "static" -> config.capacity().fixed();
            case "ec2" -> config.capacity().ec2();
            case "kubernetes" -> config.capacity().kubernetes();
            default -> Map.of();
        };
    }

    private @Nullable String certificates() {
        Path file = config.capacity().gatewayCa().orElse(null);
        try {
            return file == null ? null : Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private InstanceProvider local() {
        StaitheConfig.Local local = config.capacity().local();
        List<String> agent = local.agent()
                .filter(words -> !words.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "the control plane does not know how to start an agent: set staithe.capacity.local.agent"));
        String gateway = config.capacity()
                .gateway()
                .orElse("127.0.0.1:" + config.gateway().port());
        return new LocalProvider(
                new LocalSettings(
                        hosts,
                        agent,
                        gateway,
                        local.dockerHost(),
                        LocalProvider.cgroups().orElse(null),
                        ENDING),
                clock);
    }
}
