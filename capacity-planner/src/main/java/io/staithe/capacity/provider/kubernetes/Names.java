package io.staithe.capacity.provider.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.staithe.core.model.InstanceId;
import java.util.Map;
import java.util.Optional;

/** How pods and secrets of hosts are called and found again. The name is the host's id, so that there is one of each at most. */
final class Names {
    static final String HOST = "staithe.io/host";
    static final String OWNER = "staithe.io/owner";
    /** An annotation: names of groups may be longer than labels. */
    static final String GROUP = "staithe.io/group";

    private static final String PREFIX = "staithe-";
    private static final String ID = "[0-9a-f]{32}";

    private Names() {}

    static String of(InstanceId host) {
        return PREFIX + host;
    }

    static Map<String, String> labels(InstanceId host, String owner) {
        return Map.of("app.kubernetes.io/managed-by", "staithe", HOST, host.value(), OWNER, owner);
    }

    static Optional<InstanceId> host(Pod pod) {
        String id = pod.getMetadata().getLabels().getOrDefault(HOST, "");
        return id.matches(ID) ? Optional.of(InstanceId.of(id)) : Optional.empty();
    }

    static boolean isOf(Pod pod, String owner) {
        return owner.equals(pod.getMetadata().getLabels().get(OWNER));
    }
}
