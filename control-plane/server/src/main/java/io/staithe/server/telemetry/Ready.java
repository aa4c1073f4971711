package io.staithe.server.telemetry;

import io.staithe.core.model.Leader;
import io.staithe.core.state.ClusterState;
import io.staithe.server.ControlPlane;
import io.staithe.server.state.StateFeed;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready for requests: the first start is done, the store's view is open, and somebody leads. */
@Readiness
@Singleton
public class Ready implements HealthCheck {
    private final ControlPlane controlPlane;
    private final StateFeed feed;

    Ready(ControlPlane controlPlane, StateFeed feed) {
        this.controlPlane = controlPlane;
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        ClusterState state = feed.current();
        boolean led = state.get(Leader.KEY).isPresent();
        return HealthCheckResponse.named("control plane")
                .status(controlPlane.isReady() && feed.isFresh() && led)
                .withData("started", controlPlane.isReady())
                .withData("viewIsFresh", feed.isFresh())
                .withData("leaderIsKnown", led)
                .withData("revision", state.revision())
                .build();
    }
}
