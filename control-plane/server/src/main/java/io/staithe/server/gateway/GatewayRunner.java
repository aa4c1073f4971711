package io.staithe.server.gateway;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.staithe.core.gateway.Gateway;
import io.staithe.core.gateway.Outbound;
import io.staithe.core.model.InstanceId;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.proto.v1.LogRequest;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.ArnScope;
import io.staithe.server.control.ProcessLease;
import io.staithe.server.state.Follower;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which the core's {@link Gateway} runs: takes in what agents said, commits, and sends. An agent's next
 * message is read only when its last one was taken in, so that what waits here is at most one message for each stream.
 */
public final class GatewayRunner implements Follower, LogSource {
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final Duration MAX_TIME_TO_HELLO = Duration.ofSeconds(10);
    private static final int MAX_COMMITS_IN_A_ROW = 16;
    private static final Logger LOG = Logger.getLogger(GatewayRunner.class);

    private final Gateway gateway;
    private final Store store;
    private final ProcessLease lease;
    private final InstantSource clock;
    private final int maxStreams;
    private final ArnScope scope;
    private final Map<Long, AgentStream> streams = new ConcurrentHashMap<>();
    private final Map<InstanceId, AgentStream> byInstance = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Consumer<Gateway>> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong logRequests = new AtomicLong();
    private volatile Runnable wake = () -> {};
    private @Nullable Lease usedLease;

    /**
     * @param node this process's name; unique among processes and their restarts
     * @param apiUrl where other processes reach this one's API; absent: they do not
     * @param scope what agents tell tasks of themselves
     */
    public GatewayRunner(
            String node,
            @Nullable String apiUrl,
            Store store,
            ProcessLease lease,
            InstantSource clock,
            int maxSessions,
            ArnScope scope) {
        this.gateway = new Gateway(node, apiUrl, maxSessions);
        this.store = store;
        this.lease = lease;
        this.clock = clock;
        // A host that opens a newer stream has two for a moment.
        this.maxStreams = maxSessions * 2;
        this.scope = scope;
    }

    /** @param how makes this settle soon */
    public void wakeBy(Runnable how) {
        wake = how;
    }

    /** Streams of agents that have been let in. */
    public int connected() {
        return byInstance.size();
    }

    @Override
    public void restart(ClusterState snapshot) {
        gateway.on(snapshot);
    }

    @Override
    public void changed(ClusterState before, Event.Changed event, ClusterState after) {
        gateway.on(event, after);
    }

    @Override
    public Duration settle() {
        takeIn();
        dropMute();
        Lease held = lease.held().orElse(null);
        if (usedLease != null && usedLease != held) gateway.leaseLost("the control plane lost its lease");
        usedLease = held;
        if (held != null) commit(held);
        gateway.outbox(this::takesMore).forEach(this::send);
        return untilWake();
    }

    @Override
    public Runnable open(Request request, LogReader reader) {
        AgentStream stream = byInstance.get(request.instance());
        if (stream == null) throw ApiError.unavailable("The task's host is not connected to this control plane.");
        long number = logRequests.incrementAndGet();
        LogRequest.Builder message = LogRequest.newBuilder()
                .setRequestId(number)
                .setTask(request.task().value())
                .setContainer(request.container())
                .setFollow(request.follow())
                .setTail(request.tail());
        Instant since = request.since();
        if (since != null)
            message.setSince(
                    Timestamp.newBuilder().setSeconds(since.getEpochSecond()).setNanos(since.getNano()));
        stream.openLog(message.build(), reader);
        return () -> stream.cancelLog(number);
    }

    long nextSession() {
        return sessions.incrementAndGet();
    }

    /** @return false: there are too many streams */
    boolean opened(AgentStream stream) {
        if (streams.size() >= maxStreams) return false;
        streams.put(stream.session, stream);
        return true;
    }

    /** The host whose agent has been let in on this stream. */
    Optional<InstanceId> admitted(AgentStream stream) {
        return Optional.ofNullable(stream.instance).filter(host -> byInstance.get(host) == stream);
    }

    /** From any thread: {@code event} is told to the core's gateway, in the order of the calls. */
    void tell(Consumer<Gateway> event) {
        inbox.add(event);
        wake.run();
    }

    void closed(AgentStream stream) {
        stream.gone();
        if (streams.remove(stream.session) == null) return;
        forget(stream);
        tell(core -> core.closed(stream.session));
    }

    private void takeIn() {
        for (Consumer<Gateway> event = inbox.poll(); event != null; event = inbox.poll()) event.accept(gateway);
    }

    private void dropMute() {
        long now = System.nanoTime();
        for (AgentStream stream : streams.values())
            if (!stream.saidHello && now - stream.openedAtNanos > MAX_TIME_TO_HELLO.toNanos())
                drop(stream, Status.DEADLINE_EXCEEDED.withDescription("no Hello came"));
    }

    private void commit(Lease held) {
        for (int commits = 0; commits < MAX_COMMITS_IN_A_ROW; commits++) {
            Optional<Plan> plan = gateway.next(clock.instant());
            if (plan.isEmpty()) return;
            gateway.on(store.commit(plan.get(), held), clock.instant());
        }
    }

    /** An agent that does not keep up gets later, in one difference, what it misses now. */
    private boolean takesMore(long session) {
        AgentStream stream = streams.get(session);
        return stream != null && stream.isReady();
    }

    private void send(Outbound message) {
        AgentStream stream = streams.get(message.session());
        if (stream == null) return;
        if (message instanceof Outbound.Welcome welcome) {
            stream.send(GatewayMessages.welcome(welcome, scope));
        } else if (message instanceof Outbound.Refused refused) {
            LOG.infof("an agent is refused: %s", refused.refusal().message());
            stream.send(GatewayMessages.refusal(refused.refusal()));
            streams.remove(stream.session);
            forget(stream);
            stream.complete();
        } else if (message instanceof Outbound.Deliver deliver) {
            stream.send(GatewayMessages.delivery(deliver));
        } else if (message instanceof Outbound.Close close) {
            drop(stream, Status.UNAVAILABLE.withDescription(close.reason()));
        }
        InstanceId instance = stream.instance;
        if (message instanceof Outbound.Welcome && instance != null) byInstance.put(instance, stream);
    }

    private void drop(AgentStream stream, Status status) {
        streams.remove(stream.session);
        forget(stream);
        stream.fail(status);
    }

    private void forget(AgentStream stream) {
        InstanceId instance = stream.instance;
        if (instance != null) byInstance.remove(instance, stream);
    }

    private Duration untilWake() {
        Instant wakeAt = gateway.wakeAt().orElse(null);
        if (wakeAt == null) return LONGEST_SLEEP;
        Duration sleep = Duration.between(clock.instant(), wakeAt);
        if (sleep.isNegative()) return Duration.ZERO;
        return sleep.compareTo(LONGEST_SLEEP) < 0 ? sleep : LONGEST_SLEEP;
    }
}
