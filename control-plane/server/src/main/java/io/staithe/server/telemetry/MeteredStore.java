package io.staithe.server.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.core.store.View;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store whose commits are timed, by how they end. */
public final class MeteredStore implements Store {
    private final Store store;
    private final MeterRegistry meters;

    public MeteredStore(Store store, MeterRegistry meters) {
        this.store = store;
        this.meters = meters;
    }

    @Override
    public View open(Consumer<Event> sink) {
        return store.open(sink);
    }

    @Override
    public CommitResult commit(Plan plan, @Nullable Lease lease) {
        Timer.Sample sample = Timer.start();
        String result = "failed";
        try {
            CommitResult ended = store.commit(plan, lease);
            result = ended.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            return ended;
        } finally {
            sample.stop(Timer.builder("staithe.store.commit")
                    .description("Time that the store took for a commit")
                    .tag("result", result)
                    .register(meters));
        }
    }

    @Override
    public Lease grant(Duration ttl) {
        return store.grant(ttl);
    }

    @Override
    public void close() {
        store.close();
    }
}
