package io.staithe.simulation;

import io.staithe.capacity.provider.JoinTokens;
import io.staithe.capacity.provider.ProviderCall;
import io.staithe.capacity.provider.ProviderLoop;
import io.staithe.core.model.InstanceId;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Runs the real {@link ProviderLoop} of a leader, as the server does. Its successor knows nothing but the store. */
final class ProviderDriver {
    private static final JoinTokens TOKENS = new JoinTokens() {
        @Override
        public String token(InstanceId host) {
            return "token-of-" + host;
        }

        /** A simulated agent sends the hash itself. */
        @Override
        public String hash(InstanceId host) {
            return token(host);
        }
    };

    private final String leader;
    private final Guard fence;
    private final FaultyStore store;
    private final Cloud cloud;
    private final Timeline timeline;
    private final Runnable wake;
    private final ProviderLoop loop = new ProviderLoop(Cloud.NAME, TOKENS);
    private boolean reporting;

    ProviderDriver(String leader, Guard fence, FaultyStore store, Cloud cloud, Timeline timeline, Runnable wake) {
        this.leader = leader;
        this.fence = fence;
        this.store = store;
        this.cloud = cloud;
        this.timeline = timeline;
        this.wake = wake;
    }

    void turn(ClusterState state, Instant now) {
        if (reporting) return;
        Optional<Plan> news = loop.plan(state, now);
        if (news.isPresent()) report(news.get());
        else for (ProviderCall call : loop.calls(state, now)) ask(call);
    }

    private void report(Plan news) {
        reporting = true;
        Plan fenced = new Plan.Builder().guard(fence).addAll(news).build();
        store.commit(leader + " providers", fenced, null, result -> {
            // What came of it, the view shows: soon, and later than this.
            timeline.after(Duration.ofMillis(200), () -> {
                reporting = false;
                wake.run();
            });
        });
    }

    private void ask(ProviderCall call) {
        cloud.ask(call, answer -> {
            loop.on(call, answer, timeline.now());
            wake.run();
        });
    }

    Instant wakeAt() {
        return loop.wakeAt(timeline.now());
    }
}
