package io.staithe.core.scheduler;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Resources;
import io.staithe.core.state.HostLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sorts hosts into classes of those that no question tells apart: the same values of every attribute that somebody has asked
 * about, the same capacity provider, and the same readiness. Rules about attributes are decided once a class, not once a host.
 */
final class HostClasses {
    /** @param values of the attributes asked about, in their order; empty where a host lacks one */
    record HostClass(
            ContainerInstance.Status status,
            boolean reachable,
            @Nullable String capacityProvider,
            @Nullable Resources dedicatedTo,
            List<Optional<String>> values) {}

    private final Set<String> asked = new LinkedHashSet<>(List.of(Attribute.AVAILABILITY_ZONE));
    private final Map<HostClass, Integer> numbers = new HashMap<>();
    /** A host of each class, there or gone: rules that look at a class look at this one. */
    private final List<HostLoad> examples = new ArrayList<>();

    /** @return whether hosts have to be sorted anew, after {@link #clear} */
    boolean ask(String attribute) {
        return asked.add(attribute);
    }

    void clear() {
        numbers.clear();
        examples.clear();
    }

    int count() {
        return examples.size();
    }

    HostLoad example(int hostClass) {
        return examples.get(hostClass);
    }

    int of(HostLoad load) {
        List<Optional<String>> values =
                asked.stream().map(load.instance()::attribute).toList();
        ContainerInstance host = load.instance();
        Resources dedicatedTo = host.dedicated() ? host.registered() : null;
        HostClass key = new HostClass(host.status(), load.isReachable(), host.capacityProvider(), dedicatedTo, values);
        Integer known = numbers.get(key);
        if (known != null) return known;
        numbers.put(key, examples.size());
        examples.add(load);
        return examples.size() - 1;
    }
}
