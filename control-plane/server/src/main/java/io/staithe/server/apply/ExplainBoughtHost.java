package io.staithe.server.apply;

import io.staithe.capacity.planner.Standing;
import io.staithe.core.model.HostReport;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import io.staithe.server.manifest.Amounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For what a host was bought, why it is of its type, what its provider says of it, and why it stays or goes. */
final class ExplainBoughtHost {
    private final ProvisionedHost host;
    private final Optional<HostReport> report;
    private final Optional<Standing.Fate> fate;

    ExplainBoughtHost(ClusterState state, ProvisionedHost host, Instant now) {
        this.host = host;
        report = state.hostReport(host.id());
        fate = Standing.of(state, host.cluster(), now).stream()
                .flatMap(standing -> standing.fates().stream())
                .filter(one -> one.host().equals(host.id()))
                .findFirst();
    }

    InstanceId id() {
        return host.id();
    }

    /** Under which events of it are kept. */
    String path() {
        return host.key().path();
    }

    String summary() {
        return switch (host.status()) {
            case REQUESTED -> "It is requested of provider " + host.provider() + ", which has not said yes.";
            case STARTING -> "It starts: its agent has not registered yet.";
            case JOINED -> "It has registered, and takes no tasks yet.";
            case READY -> "It takes tasks.";
            case DRAINING -> "It takes no task, and goes when nothing is left on it" + why() + ".";
            case STOPPING -> "It is being ended" + why() + ".";
            case STOPPED -> "It is gone" + why() + ".";
            case LOST -> "It is lost" + why() + ".";
            case FAILED -> "It failed" + why() + ".";
        };
    }

    private String why() {
        return host.endReason() == null ? "" : ": " + host.endReason();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Bought at " + host.requestedAt() + " from host group " + host.group()
                + (host.capacityProvider() == null ? "" : " for capacity provider " + host.capacityProvider()) + ": "
                + host.type() + (host.spot() ? " (spot)" : "")
                + (host.zone() == null ? "" : " in " + host.zone()) + ", $"
                + Amounts.dollars(host.microsPerHour()).toPlainString() + " an hour.");
        lines.add("Bought for " + host.why() + ".");
        if (host.whyType() != null) lines.add("Why this type: " + host.whyType() + ".");
        report.map(this::said).ifPresent(lines::add);
        fate.map(ExplainBoughtHost::told).ifPresent(lines::add);
        return lines;
    }

    private String said(HostReport report) {
        return "Provider " + host.provider() + " says " + report.state()
                + (report.providerId() == null ? "" : " of " + report.providerId())
                + (report.message() == null ? "" : ": " + report.message())
                + ", since " + report.at() + ".";
    }

    private static String told(Standing.Fate fate) {
        return fate.goesAt() == null
                ? "It stays: " + fate.why() + "."
                : "It is given back at " + fate.goesAt() + ": " + fate.why() + ".";
    }
}
