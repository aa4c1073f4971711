package io.staithe.capacity.provider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is opened with.
 *
 * @param owner tells our hosts from those of another Staithe in the same account, namespace or rack: 1 to 63 lower-case letters,
 *     digits and hyphens, the same for the life of the store
 * @param gateway {@code HOST:PORT} at which the agents of hosts reach the control plane
 * @param certificates PEM that the gateway's certificate must come from; absent: what the hosts trust anyway
 * @param folder for what the provider must not forget; its own, and private
 * @param configuration of the provider as a whole, written by whoever runs the control plane and out of reach of its API
 * @param deadline within which each call ends, less than {@link ProviderLoop#DEADLINE}
 */
public record ProviderContext(
        String owner,
        String gateway,
        @Nullable String certificates,
        Path folder,
        Map<String, String> configuration,
        Duration deadline) {
    private static final Pattern OWNER = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public ProviderContext {
        if (!OWNER.matcher(owner).matches())
            throw new IllegalArgumentException("owner must be 1 to 63 lower-case letters, digits and hyphens");
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(ProviderLoop.DEADLINE) >= 0)
            throw new IllegalArgumentException("deadline must be less than " + ProviderLoop.DEADLINE);
        configuration = Map.copyOf(configuration);
    }

    public Optional<String> configured(String name) {
        return Optional.ofNullable(configuration.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
