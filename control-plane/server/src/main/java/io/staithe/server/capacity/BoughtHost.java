package io.staithe.server.capacity;

import io.staithe.core.model.HostReport;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import io.staithe.server.ecs.Arns;
import io.staithe.server.manifest.Amounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host that was bought, as the API shows it.
 *
 * @param arn of its container instance, which is there only once it has joined
 * @param costPerHour dollars
 * @param providerSays what its provider last said; absent: nothing yet
 */
public record BoughtHost(
        String id,
        String arn,
        String status,
        String cluster,
        String hostGroup,
        String provider,
        @Nullable String capacityProvider,
        String type,
        int cpu,
        int memory,
        String architecture,
        boolean spot,
        boolean dedicated,
        @Nullable String zone,
        BigDecimal costPerHour,
        String why,
        @Nullable String whyType,
        Instant requestedAt,
        @Nullable Instant joinedAt,
        @Nullable Instant emptySince,
        @Nullable Instant endingAt,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        @Nullable String providerId,
        @Nullable String providerSays,
        @Nullable String providerMessage) {
    static BoughtHost of(ProvisionedHost host, ClusterState state, Arns arns) {
        Optional<HostReport> report = state.hostReport(host.id());
        return new BoughtHost(
                host.id().value(),
                arns.containerInstance(host.cluster(), host.id()),
                host.status().name(),
                host.cluster(),
                host.group(),
                host.provider(),
                host.capacityProvider(),
                host.type(),
                host.offered().cpu(),
                host.offered().memory(),
                host.architecture(),
                host.spot(),
                host.dedicated(),
                host.zone(),
                Amounts.dollars(host.microsPerHour()),
                host.why(),
                host.whyType(),
                host.requestedAt(),
                host.joinedAt(),
                host.emptySince(),
                host.endingAt(),
                host.endedAt(),
                host.endReason(),
                report.map(HostReport::providerId).orElse(null),
                report.map(said -> said.state().name()).orElse(null),
                report.map(HostReport::message).orElse(null));
    }
}
