package io.staithe.server.gateway;

import io.staithe.core.model.InstanceId;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Which other control plane process holds a host's session. */
public final class Peers {
    private final String node;
    private final Supplier<ClusterState> state;

    /** @param node this process's name in sessions */
    public Peers(String node, Supplier<ClusterState> state) {
        this.node = node;
        this.state = state;
    }

    /**
     * Where that process answers its API; empty: this process holds the session, or nobody does.
     *
     * @throws ApiError when that process does not say where it can be reached
     */
    public Optional<URI> holderOf(InstanceId host) {
        return state.get()
                .session(host)
                .filter(session -> !session.gateway().equals(node))
                .map(session -> {
                    if (session.apiUrl() == null)
                        throw ApiError.unavailable(
                                "The task's host is connected to the control plane process " + session.gateway()
                                        + ", which has no staithe.api.advertised-url for others to ask it.");
                    return URI.create(session.apiUrl());
                });
    }
}
