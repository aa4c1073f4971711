package io.staithe.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.staithe.core.control.ControlLoop;
import io.staithe.core.state.Plan;
import org.jboss.logging.Logger;

/** What the control loop did, as metrics; and what failed in it, as a log line too. */
public final class LoopMeters {
    private static final Logger LOG = Logger.getLogger(LoopMeters.class);

    private final MeterRegistry meters;
    private final DistributionSummary planSize;

    public LoopMeters(MeterRegistry meters) {
        this.meters = meters;
        this.planSize = DistributionSummary.builder("staithe.loop.plan.changes")
                .description("Writes in a plan of the control loop; their count is the number of passes that wrote")
                .register(meters);
    }

    public void planned(Plan plan) {
        planSize.record(plan.changes().size());
    }

    public void failed(ControlLoop.Failure failure) {
        Counter.builder("staithe.loop.failures")
                .description("Reconcilers that threw; their key rests, everything else goes on")
                .tag("reconciler", failure.reconciler())
                .register(meters)
                .increment();
        LOG.errorf(
                failure.cause(),
                "reconciler %s failed on %s, which rests until %s",
                failure.reconciler(),
                failure.key(),
                failure.retryAt());
    }
}
