package io.staithe.server.capacity;

import io.staithe.capacity.provider.InstanceProvider;
import io.staithe.capacity.provider.JoinTokens;
import io.staithe.capacity.provider.ProviderCall;
import io.staithe.capacity.provider.ProviderCall.Answer;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderLoop;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import io.staithe.core.store.Event;
import io.staithe.core.store.Store;
import io.staithe.server.state.Follower;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link ProviderLoop} for each provider that host groups name, while this process leads. Calls are made by threads of
 * their own; their answers come back to the thread that follows the state.
 */
public final class ProviderRunner implements Follower {
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    /** A loop, and the provider that it asks. */
    private record Driven(ProviderLoop loop, Opened provider) {}

    /** Opened by the first call, and tried again by the next when that failed: what was missing may have been set up. */
    private static final class Opened {
        private final Supplier<InstanceProvider> opening;
        private @Nullable InstanceProvider provider;

        Opened(Supplier<InstanceProvider> opening) {
            this.opening = opening;
        }

        synchronized InstanceProvider get() {
            if (provider == null) provider = opening.get();
            return provider;
        }
    }

    private record Ended(String provider, ProviderCall call, Answer answer) {}

    private final Store store;
    private final InstantSource clock;
    private final Supplier<Optional<Guard>> leadership;
    private final Function<String, InstanceProvider> providers;
    private final JoinTokens tokens;
    private final Executor calls;
    private final Map<String, Driven> driven = new HashMap<>();
    private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
    private volatile Runnable wake = () -> {};
    private volatile Map<String, ProviderLoop.Trouble> troubles = Map.of();
    private ClusterState state = ClusterState.EMPTY;

    /** @param leadership what every commit must be guarded by; empty: another process leads */
    public ProviderRunner(
            Store store,
            InstantSource clock,
            Supplier<Optional<Guard>> leadership,
            Function<String, InstanceProvider> providers,
            JoinTokens tokens) {
        this.store = store;
        this.clock = clock;
        this.leadership = leadership;
        this.providers = providers;
        this.tokens = tokens;
        AtomicInteger number = new AtomicInteger();
        calls = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "provider-call-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param wake makes the thread that follows the state settle soon */
    public void wakeBy(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void restart(ClusterState snapshot) {
        state = snapshot;
    }

    @Override
    public void changed(ClusterState before, Event.Changed event, ClusterState after) {
        state = after;
    }

    @Override
    public Duration settle() {
        Optional<Guard> fence = leadership.get();
        if (fence.isEmpty()) {
            driven.clear();
            ended.clear();
            troubles = Map.of();
            return LONGEST_SLEEP;
        }
        for (String provider : inUse()) driven.computeIfAbsent(provider, this::drive);
        for (Ended one = ended.poll(); one != null; one = ended.poll()) {
            Driven of = driven.get(one.provider);
            if (of != null) of.loop.on(one.call, one.answer, clock.instant());
        }
        troubles = troublesNow();
        // What was committed comes back as an event, and with it the turn to ask.
        for (Map.Entry<String, Driven> one : driven.entrySet())
            if (!report(one.getValue().loop, fence.get())) ask(one.getKey(), one.getValue());
        return LONGEST_SLEEP;
    }

    /** What is wrong with a provider, if this process leads and knows of something. Any thread may ask. */
    public Optional<ProviderLoop.Trouble> trouble(String provider) {
        return Optional.ofNullable(troubles.get(provider));
    }

    private Map<String, ProviderLoop.Trouble> troublesNow() {
        Map<String, ProviderLoop.Trouble> known = new HashMap<>();
        driven.forEach((name, one) -> one.loop.trouble().ifPresent(trouble -> known.put(name, trouble)));
        return Map.copyOf(known);
    }

    private Driven drive(String provider) {
        return new Driven(new ProviderLoop(provider, tokens), new Opened(() -> providers.apply(provider)));
    }

    private Set<String> inUse() {
        Set<String> names = new TreeSet<>();
        state.all(Kind.HOST_GROUP, HostGroup.class).map(HostGroup::provider).forEach(names::add);
        state.all(Kind.PROVISIONED_HOST, ProvisionedHost.class)
                .filter(host -> !host.isOver())
                .map(ProvisionedHost::provider)
                .forEach(names::add);
        return names;
    }

    /** Whether there was something to commit. */
    private boolean report(ProviderLoop loop, Guard fence) {
        Optional<Plan> plan = loop.plan(state, clock.instant());
        plan.ifPresent(news ->
                store.commit(new Plan.Builder().guard(fence).addAll(news).build()));
        return plan.isPresent();
    }

    private void ask(String name, Driven one) {
        Instant now = clock.instant();
        for (ProviderCall call : one.loop.calls(state, now))
            calls.execute(() -> {
                ended.add(new Ended(name, call, answer(one.provider, call)));
                wake.run();
            });
    }

    /** A provider that cannot be opened is as good as one that does not let us in. */
    private static Answer answer(Opened provider, ProviderCall call) {
        InstanceProvider opened;
        try {
            opened = provider.get();
        } catch (RuntimeException wrong) {
            return new Answer.Failed(ProviderException.Kind.CREDENTIALS, String.valueOf(wrong.getMessage()));
        }
        try {
            return call.on(opened);
        } catch (RuntimeException broken) {
            return new Answer.Failed(ProviderException.Kind.UNKNOWN, broken.toString());
        }
    }
}
