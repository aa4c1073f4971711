package io.staithe.core.scheduler;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.RuntimePlatform;
import java.util.Locale;
import java.util.Optional;

/** The host has the CPU architecture that the images are for. */
final class PlatformMatches implements Rule {
    @Override
    public Scope scope(Demand demand) {
        RuntimePlatform platform = demand.platform();
        return platform == null || platform.cpuArchitecture() == null ? Scope.NOTHING : Scope.CLASS;
    }

    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        RuntimePlatform platform = demand.platform();
        if (platform == null || platform.cpuArchitecture() == null) return Optional.empty();
        String wanted = platform.cpuArchitecture().toLowerCase(Locale.ROOT);
        String has = host.instance().attribute(Attribute.CPU_ARCHITECTURE).orElse("unknown");
        return wanted.equals(has)
                ? Optional.empty()
                : Optional.of(Veto.of("ATTRIBUTE", "needs CPU architecture " + wanted + ", is " + has));
    }
}
