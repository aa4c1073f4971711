package io.staithe.simulation;

import io.staithe.capacity.planner.CapacityReconciler;
import io.staithe.core.control.Candidacy;
import io.staithe.core.control.ControlLoop;
import io.staithe.core.control.Reconcilers;
import io.staithe.core.gateway.Gateway;
import io.staithe.core.gateway.Hello;
import io.staithe.core.gateway.Outbound;
import io.staithe.core.gateway.Reports;
import io.staithe.core.model.Leader;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One control plane process: a gateway, and the control loop while it leads. It can crash, be paused behind its own back
 * and start again with nothing in its memory.
 */
final class ControlPlane {
    private static final Duration LEASE_TTL = Duration.ofSeconds(6);
    private static final Duration CAMPAIGN_INTERVAL = Duration.ofMillis(500);
    private static final int MAX_SESSIONS = 1_000;

    private final String host;
    private final FaultyStore store;
    private final Cloud cloud;
    private final Timeline timeline;
    private final Chance chance;
    private final Journal journal;
    private int life;
    private boolean up;
    private boolean paused;
    private @Nullable Lease lease;
    private Gateway gateway;
    private @Nullable ControlLoop loop;
    private @Nullable ProviderDriver providers;
    private ClusterState state = ClusterState.EMPTY;
    private FaultyStore.@Nullable LaggingView view;
    private final Map<Long, Link> links = new HashMap<>();
    private @Nullable Instant pumpAt;
    private boolean standing;
    /** How often the loop has been opened: what was in flight before is not its any more. */
    private int openings;

    ControlPlane(String host, FaultyStore store, Cloud cloud, Timeline timeline, Chance chance, Journal journal) {
        this.host = host;
        this.store = store;
        this.cloud = cloud;
        this.timeline = timeline;
        this.chance = chance;
        this.journal = journal;
        this.gateway = new Gateway(host, null, MAX_SESSIONS);
    }

    String name() {
        return host + "." + life;
    }

    boolean isUp() {
        return up;
    }

    boolean accepts() {
        return up && !paused;
    }

    /** Its streams hold what is sent to it. */
    boolean isPaused() {
        return up && paused;
    }

    boolean leads() {
        return loop != null;
    }

    void start() {
        life++;
        up = true;
        paused = false;
        journal.write(name() + " starts");
        gateway = new Gateway(name(), null, MAX_SESSIONS);
        lease = store.memory.grant(LEASE_TTL);
        openView();
        campaign(life);
    }

    /** Ends without a word; its lease runs out later. */
    void crash() {
        if (!up) return;
        journal.write(name() + " crashes");
        up = false;
        loop = null;
        providers = null;
        life++;
        closeView();
        expireLater(lease);
        List.copyOf(links.values()).forEach(Link::close);
        links.clear();
    }

    /** Does nothing for a time, and does not know it: its lease may have run out when it goes on. */
    void pause(Duration time) {
        if (!accepts()) return;
        journal.write(name() + " is paused for " + time);
        paused = true;
        int current = life;
        Lease held = lease;
        if (time.compareTo(LEASE_TTL) > 0) expireLater(held);
        timeline.after(time, () -> {
            if (life != current || !up) return;
            journal.write(name() + " goes on");
            paused = false;
            List.copyOf(links.values()).forEach(Link::flush);
            // It acts before it notices: only the fence in the store stops it.
            pump();
        });
    }

    void hello(Link link, Hello hello) {
        if (!accepts()) return;
        links.put(link.session, link);
        gateway.hello(link.session, hello, timeline.now());
        pumpSoon();
    }

    void reports(Link link, Reports reports) {
        if (!accepts()) return;
        gateway.reports(link.session, reports, timeline.now());
        pumpSoon();
    }

    void heartbeat(Link link, boolean runtimeHealthy) {
        if (!accepts()) return;
        gateway.heartbeat(link.session, runtimeHealthy, timeline.now());
        pumpSoon();
    }

    void disconnected(Link link) {
        if (links.remove(link.session) == null) return;
        gateway.closed(link.session);
        pumpSoon();
    }

    private void openView() {
        closeView();
        int current = life;
        FaultyStore.LaggingView opened = store.open(event -> {
            if (life == current && up) on(event);
        });
        view = opened;
        state = opened.snapshot();
        gateway.on(state);
        openings++;
        if (loop != null) loop.open(state);
        pumpSoon();
    }

    private void closeView() {
        if (view != null) view.close();
        view = null;
    }

    private void on(Event event) {
        if (event instanceof Event.Changed changed) {
            state = state.apply(changed);
            gateway.on(changed, state);
            if (loop != null) loop.on(event);
            pumpSoon();
        } else {
            openView();
        }
    }

    /** Tries to lead, again and again, until it does. */
    private void campaign(int inLife) {
        if (life != inLife || !up || loop != null) return;
        timeline.after(CAMPAIGN_INTERVAL.plus(chance.millis(0, 500)), () -> campaign(inLife));
        Lease held = lease;
        if (paused || standing || held == null || !held.isHeld()) return;
        Candidacy step = Candidacy.next(state, name(), timeline.now());
        if (step instanceof Candidacy.Stand stand) {
            standing = true;
            store.commit(name(), stand.plan(), held, result -> standing = false);
        } else if (step instanceof Candidacy.Lead lead) {
            journal.write(name() + " leads");
            Guard fence = new Guard(Leader.KEY, lead.revision());
            loop = new ControlLoop(Reconcilers.all(List.of(new CapacityReconciler())), List.of(fence));
            providers = new ProviderDriver(name(), fence, store, cloud, timeline, this::pumpSoon);
            openView();
        }
    }

    private void pumpSoon() {
        pumpAt(timeline.now());
    }

    private void pumpAt(Instant at) {
        if (pumpAt != null && !at.isBefore(pumpAt)) return;
        pumpAt = at;
        timeline.at(at, () -> {
            if (!at.equals(pumpAt)) return;
            pumpAt = null;
            pump();
        });
    }

    private void pump() {
        if (!accepts()) return;
        Instant now = timeline.now();
        plan(now);
        if (providers != null) providers.turn(state, now);
        serve(now);
        for (Outbound message : gateway.outbox()) send(message);
        if (lease != null && !lease.isHeld()) loseLease();
        wakeAt().ifPresent(at -> pumpAt(at.isBefore(now) ? now : at));
    }

    private Optional<Instant> wakeAt() {
        Optional<Instant> loopAt = loop == null ? Optional.empty() : loop.wakeAt();
        Optional<Instant> providersAt = Optional.ofNullable(providers).map(ProviderDriver::wakeAt);
        return Stream.of(loopAt, providersAt, gateway.wakeAt())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private void plan(Instant now) {
        ControlLoop leading = loop;
        if (leading == null) return;
        for (ControlLoop.Failure failure : leading.failures())
            throw new IllegalStateException(failure.reconciler() + " of " + failure.key() + " threw", failure.cause());
        int opened = openings;
        leading.next(now)
                .ifPresent(plan -> store.commit(name() + " loop", plan, null, result -> {
                    if (loop != leading || openings != opened) return;
                    leading.on(result, timeline.now());
                    if (leading.needsView()) openView();
                    pumpSoon();
                }));
    }

    private void serve(Instant now) {
        Gateway serving = gateway;
        serving.next(now)
                .ifPresent(plan -> store.commit(name() + " gateway", plan, lease, result -> {
                    if (gateway != serving) return;
                    serving.on(result, timeline.now());
                    pumpSoon();
                }));
    }

    private void send(Outbound message) {
        Link link = links.get(message.session());
        if (link == null) return;
        if (message instanceof Outbound.Close) {
            links.remove(message.session());
            link.close();
        } else {
            link.down(message);
        }
    }

    private void loseLease() {
        journal.write(name() + " has lost its lease");
        loop = null;
        providers = null;
        gateway.leaseLost("the gateway lost its lease");
        gateway.outbox().forEach(this::send);
        lease = store.memory.grant(LEASE_TTL);
        campaign(life);
    }

    private void expireLater(@Nullable Lease held) {
        if (held != null) timeline.after(LEASE_TTL, () -> store.memory.expire(held));
    }
}
