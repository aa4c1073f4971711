package io.staithe.agent.container.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.LinuxParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a container's processes may do. */
final class Security {
    private static final String NO_NEW_PRIVILEGES = "no-new-privileges";

    private Security() {}

    static void apply(ContainerDefinition container, HostConfig host) {
        boolean privileged = Boolean.TRUE.equals(container.privileged());
        host.withPrivileged(privileged)
                .withReadonlyRootfs(Boolean.TRUE.equals(container.readonlyRootFilesystem()))
                .withSecurityOpts(options(container, privileged));
        LinuxParameters linux = container.linuxParameters();
        if (linux == null || linux.capabilities() == null) return;
        host.withCapAdd(capabilities(linux.capabilities().add(), "add"))
                .withCapDrop(capabilities(linux.capabilities().drop(), "drop"));
    }

    /** Setuid programs gain nothing, unless the definition says otherwise (CIS Docker benchmark 5.26). */
    private static List<String> options(ContainerDefinition container, boolean privileged) {
        List<String> options = new ArrayList<>(container.dockerSecurityOptions());
        boolean decided = options.stream().anyMatch(option -> option.startsWith(NO_NEW_PRIVILEGES));
        if (!decided && !privileged) options.add(NO_NEW_PRIVILEGES);
        return options;
    }

    private static Capability[] capabilities(List<String> names, String field) {
        return names.stream().map(name -> capability(name, field)).toArray(Capability[]::new);
    }

    private static Capability capability(String name, String field) {
        return Arrays.stream(Capability.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "linuxParameters.capabilities." + field + ": there is no capability " + name));
    }
}
