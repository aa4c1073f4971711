package io.staithe.core.capacity;

import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A host that is not there yet, as it will register. */
public final class ExpectedHost {
    private static final String INSTANCE_TYPE = "ecs.instance-type";

    private ExpectedHost() {}

    public static ContainerInstance of(ProvisionedHost host) {
        return of(
                host.id(),
                host.cluster(),
                host.type(),
                host.offered(),
                host.architecture(),
                host.zone(),
                host.requestedAt(),
                host.capacityProvider(),
                host.dedicated());
    }

    /** @param offered what tasks get of it */
    public static ContainerInstance of(
            InstanceId id,
            String cluster,
            String type,
            Resources offered,
            String architecture,
            @Nullable String zone,
            Instant at,
            @Nullable String capacityProvider,
            boolean dedicated) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute(Attribute.CPU_ARCHITECTURE, architecture.toLowerCase(Locale.ROOT)));
        attributes.add(new Attribute(Attribute.OS_TYPE, "linux"));
        attributes.add(new Attribute(INSTANCE_TYPE, type));
        if (zone != null) attributes.add(new Attribute(Attribute.AVAILABILITY_ZONE, zone));
        return ContainerInstance.of(id, cluster, type, offered, at)
                .but()
                .attributes(attributes)
                .capacity(capacityProvider, dedicated)
                .build();
    }

    /** That of its agent, which answers. */
    public static AgentSession session(ContainerInstance host) {
        return new AgentSession(host.id(), "expected", host.incarnation(), host.registeredAt(), true);
    }
}
