package io.staithe.core.gateway;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostReport;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Setting;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is let in, and as what. */
final class Admission {
    private Admission() {}

    /** Why {@code hello} is refused; empty: it is welcome. */
    static Optional<Refusal> refusal(ClusterState state, Hello hello) {
        if (hello.protocolVersion() != Hello.PROTOCOL_VERSION)
            return refuse(
                    Refusal.Code.VERSION,
                    "this control plane speaks agent protocol " + Hello.PROTOCOL_VERSION + ", the agent (version "
                            + hello.agentVersion() + ") speaks " + hello.protocolVersion()
                            + ": install the agent of the same release");
        Optional<ProvisionedHost> bought = state.provisionedHost(hello.instance());
        if (bought.filter(host -> !host.status().isWanted()).isPresent())
            return refuse(Refusal.Code.STALE, "this host has been given back to its provider");
        if (!tokenHash(state, bought).equals(Optional.of(hello.tokenHash())))
            return refuse(Refusal.Code.CREDENTIALS, "the join token is wrong");
        if (bought.filter(host -> !host.cluster().equals(hello.cluster())).isPresent())
            return refuse(Refusal.Code.INVALID, "this host was bought for another cluster");
        Optional<ContainerInstance> known = state.instance(hello.instance());
        if (known.filter(host -> !host.credentialHash().equals(hello.secretHash()))
                .isPresent()) return refuse(Refusal.Code.CREDENTIALS, "another host has this container instance id");
        if (known.filter(host -> host.incarnation() > hello.incarnation()).isPresent())
            return refuse(Refusal.Code.STALE, "a newer incarnation of this host has been seen");
        if (state.cluster(hello.cluster())
                .filter(c -> c.status() == Cluster.Status.ACTIVE)
                .isEmpty()) return refuse(Refusal.Code.INVALID, "there is no cluster " + hello.cluster());
        try {
            instance(state, hello, Instant.EPOCH);
            return Optional.empty();
        } catch (Invalid invalid) {
            return refuse(Refusal.Code.INVALID, String.valueOf(invalid.getMessage()));
        }
    }

    /** The token that lets it in, as a hash: a host that was bought has one of its own. */
    private static Optional<String> tokenHash(ClusterState state, Optional<ProvisionedHost> bought) {
        Optional<String> hash = bought.isPresent()
                ? state.hostReport(bought.get().id()).map(HostReport::tokenHash)
                : state.get(new Key(Kind.SETTING, Setting.JOIN_TOKEN_HASH), Setting.class)
                        .map(Setting::value);
        return hash.filter(text -> !text.isEmpty());
    }

    /**
     * The host as it registers: what it says of itself, and what was decided about it before. That it is back its session
     * says; when it counts as there again is for the loop to decide. One that was deregistered begins as one that was away.
     */
    static ContainerInstance instance(ClusterState state, Hello hello, Instant now) {
        Optional<ContainerInstance> known = state.instance(hello.instance());
        Optional<ProvisionedHost> bought = state.provisionedHost(hello.instance());
        Optional<Instant> away = known.flatMap(host -> Optional.ofNullable(host.disconnectedSince()));
        if (known.filter(host -> host.status() == ContainerInstance.Status.INACTIVE)
                .isPresent()) away = away.or(() -> Optional.of(now));
        return new ContainerInstance(
                hello.instance(),
                hello.cluster(),
                hello.hostName(),
                hello.address(),
                hello.resources(),
                hello.reservedPorts(),
                hello.attributes(),
                known.map(ContainerInstance::userAttributes).orElse(List.of()),
                hello.edge(),
                known.map(ContainerInstance::status).orElse(ContainerInstance.Status.ACTIVE),
                hello.agentVersion(),
                hello.dockerVersion(),
                hello.incarnation(),
                hello.secretHash(),
                known.map(ContainerInstance::registeredAt).orElse(now),
                away.orElse(null),
                known.map(ContainerInstance::drainDeadline).orElse(null),
                bought.map(ProvisionedHost::capacityProvider).orElse(null),
                bought.map(ProvisionedHost::dedicated).orElse(false),
                known.map(ContainerInstance::tags).orElse(List.of()));
    }

    private static Optional<Refusal> refuse(Refusal.Code code, String message) {
        return Optional.of(new Refusal(code, message));
    }
}
