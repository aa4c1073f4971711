package io.staithe.server.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.staithe.server.ControlPlane;
import io.staithe.server.control.LoopRunner;
import io.staithe.server.gateway.GatewayRunner;
import io.staithe.server.history.HistoryWriter;
import io.staithe.server.state.StateFeed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The metrics that are read from the parts when somebody asks. Commits, plans and calls are counted where they happen. */
@Singleton
class Meters {
    void register(
            @Observes StartupEvent event,
            MeterRegistry meters,
            ControlPlane controlPlane,
            StateFeed feed,
            LoopRunner loop,
            GatewayRunner gateway,
            HistoryWriter history) {
        StateMeters.register(meters, feed);
        Gauge.builder("staithe.leads", () -> loop.leads() ? 1 : 0)
                .description("Whether this process runs the control loop")
                .register(meters);
        Gauge.builder("staithe.sessions", gateway::connected)
                .description("Agents connected to this process")
                .register(meters);
        FunctionCounter.builder("staithe.followers.failures", controlPlane, ControlPlane::failures)
                .description("Followers of the state that failed and began anew")
                .register(meters);
        FunctionCounter.builder("staithe.history.failures", history, HistoryWriter::failures)
                .description("Times that the history database did not answer")
                .register(meters);
        FunctionCounter.builder("staithe.history.dropped", history, HistoryWriter::dropped)
                .description("Rows that were dropped because the database was away for too long")
                .register(meters);
    }
}
