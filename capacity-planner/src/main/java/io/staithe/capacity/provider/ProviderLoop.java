package io.staithe.capacity.provider;

import io.staithe.capacity.provider.ProviderCall.Answer;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostReport;
import io.staithe.core.model.HostReport.State;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes what one provider has match what the store wants of it: starts what is requested, ends what is not wanted and what nobody
 * knows, and reports what becomes of it. Level-triggered: a restarted one goes on from the store and the provider's list. No
 * thread, no clock, no I/O: a shell asks for {@link #calls} and for the {@link #plan}, and tells how they ended.
 */
public final class ProviderLoop {
    /** Calls at once. */
    static final int MAX_IN_FLIGHT = 10;
    /** Between two lists while something is on its way, and while nothing is. */
    static final Duration LIST_SOON = Duration.ofSeconds(2);

    static final Duration LIST_LATER = Duration.ofSeconds(30);
    /** Between two attempts at ending a host that goes on running. */
    static final Duration END_AGAIN = Duration.ofMinutes(1);
    /** Between two attempts at a host that could not be had. */
    static final Duration RETRY_UNAVAILABLE = Duration.ofSeconds(15);
    /** A call without an answer for so long counts as unknown: its answer, when it comes, is not heeded. */
    public static final Duration DEADLINE = Duration.ofMinutes(1);

    private final String provider;
    private final JoinTokens tokens;
    private final Inventory inventory = new Inventory();
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final Map<InstanceId, Instant> endingSince = new HashMap<>();
    private final Set<InstanceId> inFlight = new HashSet<>();
    private final Map<InstanceId, Said> said = new HashMap<>();
    private final Map<InstanceId, Instant> retryAt = new HashMap<>();
    private @Nullable Instant listAt;
    private @Nullable Instant listAskedAt;

    /** What an answer said of a host, until the store has it. */
    private record Said(State state, @Nullable String message, Instant at) {}

    /** @param provider as host groups name it */
    public ProviderLoop(String provider, JoinTokens tokens) {
        this.provider = provider;
        this.tokens = tokens;
    }

    /** What to ask the provider now; each call must be answered by {@link #on}. */
    public List<ProviderCall> calls(ClusterState state, Instant now) {
        List<ProviderCall> calls = new ArrayList<>();
        boolean busy = false;
        Set<InstanceId> known = new HashSet<>();
        for (ProvisionedHost host : hosts(state)) {
            known.add(host.id());
            if (host.isOver()) continue;
            busy |= host.status() != ProvisionedHost.Status.READY;
            Optional<ProviderCall> call = call(state, host, now);
            if (call.isPresent() && mayCall(now)) begin(calls, host.id(), call.get());
        }
        for (ListedHost listed : inventory.hosts().toList()) {
            ProvisionedHost host = state.provisionedHost(listed.id()).orElse(null);
            boolean ours = known.contains(listed.id()) && host != null && !host.isOver();
            boolean there = listed.state().compareTo(ListedHost.State.ENDING) < 0;
            if (there && inventory.isStray(listed.id(), ours, now) && mayCall(now) && !inFlight.contains(listed.id()))
                begin(calls, listed.id(), new ProviderCall.Terminate(listed.id()));
        }
        if (listAskedAt == null && (listAt == null || !now.isBefore(soonest(busy, now))) && mayCall(now)) {
            listAskedAt = now;
            calls.add(new ProviderCall.ListHosts());
        }
        return calls;
    }

    private void begin(List<ProviderCall> calls, InstanceId host, ProviderCall call) {
        inFlight.add(host);
        calls.add(call);
    }

    private Instant soonest(boolean busy, Instant now) {
        if (listAt == null) return now;
        Instant later = listAt;
        return busy ? later.minus(LIST_LATER).plus(LIST_SOON) : later;
    }

    private boolean mayCall(Instant now) {
        int calls = inFlight.size() + (listAskedAt == null ? 0 : 1);
        return calls < MAX_IN_FLIGHT && breaker.allows(now, calls);
    }

    private Optional<ProviderCall> call(ClusterState state, ProvisionedHost host, Instant now) {
        if (inFlight.contains(host.id())) return Optional.empty();
        HostReport report = state.hostReport(host.id()).orElse(null);
        // Only what the store knows to be asked for may exist.
        if (report == null
                || report.state() == State.GONE
                || (report.state() == State.REFUSED && host.status().isWanted())) return Optional.empty();
        if (!host.status().isWanted())
            return mayEnd(host.id(), now) ? Optional.of(new ProviderCall.Terminate(host.id())) : Optional.empty();
        if (said.containsKey(host.id()) || host.status() != ProvisionedHost.Status.REQUESTED) return Optional.empty();
        if (now.isBefore(retryAt.getOrDefault(host.id(), now))) return Optional.empty();
        return Optional.of(new ProviderCall.Start(request(state, host)));
    }

    /** Asked again when the provider goes on listing it as running: it may not have known it at the first time. */
    private boolean mayEnd(InstanceId host, Instant now) {
        Instant since = endingSince.get(host);
        if (since == null) return true;
        return !now.isBefore(since.plus(END_AGAIN))
                && inventory
                        .host(host)
                        .filter(listed -> listed.state().compareTo(ListedHost.State.ENDING) < 0)
                        .isPresent();
    }

    private HostRequest request(ClusterState state, ProvisionedHost host) {
        return new HostRequest(
                host.id(),
                host.group(),
                host.cluster(),
                host.type(),
                host.offered(),
                host.architecture(),
                host.spot(),
                host.capacityProvider() != null && CapacityProvider.isFargate(host.capacityProvider()),
                host.zone(),
                tokens.token(host.id()),
                state.hostGroup(host.group()).map(HostGroup::settings).orElse(Map.of()));
    }

    /** How a call ended. */
    public void on(ProviderCall call, Answer answer, Instant now) {
        if (answer instanceof Answer.Failed failed && failed.kind().concernsAll())
            breaker.failed(failed.kind(), failed.message(), now);
        else breaker.succeeded();
        if (call instanceof ProviderCall.Start start) started(start.request().id(), answer, now);
        else if (call instanceof ProviderCall.Terminate end) ended(end.host(), answer, now);
        else listed(answer, now);
    }

    private void started(InstanceId host, Answer answer, Instant now) {
        inFlight.remove(host);
        if (answer instanceof Answer.Done) say(host, State.STARTING, null, now);
        else if (answer instanceof Answer.Failed failed)
            switch (failed.kind()) {
                case INVALID -> say(host, State.REFUSED, failed.message(), now);
                // It may have started: asked again it is not started twice.
                case UNKNOWN -> {}
                case THROTTLED, NO_CAPACITY, LIMIT, CREDENTIALS -> {
                    say(host, State.UNAVAILABLE, failed.message(), now);
                    retryAt.put(host, now.plus(RETRY_UNAVAILABLE));
                }
            }
    }

    private void ended(InstanceId host, Answer answer, Instant now) {
        inFlight.remove(host);
        if (answer instanceof Answer.Done) endingSince.put(host, now);
    }

    private void listed(Answer answer, Instant now) {
        Instant asked = listAskedAt == null ? now : listAskedAt;
        listAskedAt = null;
        listAt = now.plus(LIST_LATER);
        if (!(answer instanceof Answer.Listed list)) return;
        inventory.update(list.hosts(), asked);
        inventory.forgetStraysThatAreGone();
    }

    private void say(InstanceId host, State state, @Nullable String message, Instant now) {
        said.put(host, new Said(state, message, now));
    }

    /** What to report now; empty: nothing new. What was not committed is asked for again. */
    public Optional<Plan> plan(ClusterState state, Instant now) {
        Plan.Builder plan = new Plan.Builder();
        for (ProvisionedHost host : hosts(state)) {
            if (plan.size() + 2 > Plan.MAX_OPERATIONS / 2) break;
            if (host.isOver()) forget(host.id());
            else report(plan, state, host, now);
        }
        return plan.isEmpty() ? Optional.empty() : Optional.of(plan.build());
    }

    private void report(Plan.Builder plan, ClusterState state, ProvisionedHost host, Instant now) {
        HostReport known = state.hostReport(host.id()).orElse(null);
        if (known == null) {
            if (host.status() != ProvisionedHost.Status.REQUESTED) return;
            HostReport asked = new HostReport(host.id(), State.ASKED, tokens.hash(host.id()), null, null, now);
            // If it is not wanted any more, nobody must be asked for it.
            plan.add(Change.create(asked)).guard(state, host.key());
            return;
        }
        HostReport next = next(host, known, now);
        if (next.state() != known.state()
                || !Objects.equals(next.message(), known.message())
                || !Objects.equals(next.providerId(), known.providerId())) plan.update(state, next);
        else said.remove(host.id());
    }

    private HostReport next(ProvisionedHost host, HostReport known, Instant now) {
        Instant ending = endingSince.get(host.id());
        if (!host.status().isWanted())
            return ending != null && inventory.isGoneAfter(host.id(), ending)
                    ? known.now(State.GONE, null, null, now)
                    : known;
        Said answer = said.get(host.id());
        if (answer != null && host.status() == ProvisionedHost.Status.REQUESTED)
            return known.now(answer.state, null, answer.message, answer.at);
        if (known.state() == State.ASKED && breaker.reason().isPresent())
            return known.now(State.UNAVAILABLE, null, breaker.reason().get(), now);
        if (known.state() == State.ASKED || known.state() == State.UNAVAILABLE || known.state() == State.REFUSED)
            return known;
        ListedHost listed = inventory.host(host.id()).orElse(null);
        if (listed == null || listed.state().compareTo(ListedHost.State.ENDING) >= 0)
            return inventory.isGoneAfter(host.id(), known.at()) ? known.now(State.GONE, null, null, now) : known;
        return switch (listed.state()) {
            case RUNNING ->
                known.state() == State.INTERRUPTED ? known : known.now(State.RUNNING, listed.providerId(), null, now);
            case INTERRUPTED -> known.now(State.INTERRUPTED, listed.providerId(), listed.message(), now);
            case STARTING, ENDING, ENDED -> known;
        };
    }

    private void forget(InstanceId host) {
        endingSince.remove(host);
        said.remove(host);
        retryAt.remove(host);
    }

    /**
     * A provider that fails, and is left alone.
     *
     * @param message what it said last
     * @param until when it is asked again
     */
    public record Trouble(String message, Instant until) {}

    /** Empty: all is well, as far as is known. */
    public Optional<Trouble> trouble() {
        return breaker.closedUntil().flatMap(until -> breaker.reason().map(message -> new Trouble(message, until)));
    }

    /** When to ask again though nothing happens. */
    public Instant wakeAt(Instant now) {
        return breaker.closedUntil().filter(now::isBefore).orElse(now.plus(LIST_SOON));
    }

    private List<ProvisionedHost> hosts(ClusterState state) {
        return state.all(Kind.PROVISIONED_HOST, ProvisionedHost.class)
                .filter(host -> host.provider().equals(provider))
                .toList();
    }
}
