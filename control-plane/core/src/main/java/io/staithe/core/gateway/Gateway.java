package io.staithe.core.gateway;

import io.staithe.core.assignment.Sources;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Setting;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds one control plane process's agent sessions. Fed with what agents say and with each new state; asked for plans to
 * commit (one in flight; leased puts go on the process's lease) and for messages to send. Not thread-safe.
 */
public final class Gateway {
    public static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);
    /** Silent for longer: the connection is dead, whatever the network says. */
    public static final Duration MAX_SILENCE = HEARTBEAT_INTERVAL.multipliedBy(3);

    private static final int MAX_OPERATIONS = Plan.MAX_OPERATIONS - 10;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

    private final String name;
    private final @Nullable String apiUrl;
    private final int maxSessions;
    private final TreeMap<InstanceId, Connection> connections = new TreeMap<>();
    private final Map<Long, Connection> bySession = new HashMap<>();
    private final List<Outbound> outbox = new ArrayList<>();

    private ClusterState state = ClusterState.EMPTY;
    private boolean inFlight;
    private long awaitedRevision;
    private @Nullable Instant pausedUntil;

    /**
     * @param name unique among the control plane's processes and their restarts
     * @param apiUrl where other processes reach this one's API; absent: they do not
     */
    public Gateway(String name, @Nullable String apiUrl, int maxSessions) {
        this.name = name;
        this.apiUrl = apiUrl;
        this.maxSessions = maxSessions;
    }

    /** An agent has opened a stream and said who it is. */
    public void hello(long session, Hello hello, Instant now) {
        Optional<Refusal> refusal = connections.size() >= maxSessions && !connections.containsKey(hello.instance())
                ? Optional.of(new Refusal(Refusal.Code.BUSY, "this control plane process has no session left"))
                : Admission.refusal(state, hello);
        if (refusal.isPresent()) {
            outbox.add(new Outbound.Refused(session, refusal.get()));
            return;
        }
        Connection connection = new Connection(session, hello, now);
        bySession.put(session, connection);
        Connection before = connections.put(hello.instance(), connection);
        if (before == null) return;
        bySession.remove(before.session);
        outbox.add(new Outbound.Close(before.session, "the host opened a newer session"));
    }

    public void heartbeat(long session, boolean runtimeHealthy, Instant now) {
        connection(session).ifPresent(connection -> {
            connection.lastHeardAt = now;
            connection.runtimeHealthy = runtimeHealthy;
        });
    }

    public void reports(long session, Reports reports, Instant now) {
        connection(session).ifPresent(connection -> {
            connection.lastHeardAt = now;
            connection.heard(reports, state);
        });
    }

    /** The stream has ended. */
    public void closed(long session) {
        connection(session).ifPresent(this::leave);
    }

    /** The process's lease is gone, and with it every session in the store: agents must come in anew. */
    public void leaseLost(String reason) {
        connections.values().forEach(c -> outbox.add(new Outbound.Close(c.session, reason)));
        connections.clear();
        bySession.clear();
        inFlight = false;
    }

    /** A newer state, however it came about: every assignment is derived anew. */
    public void on(ClusterState newer) {
        connections.values().forEach(Connection::concernAll);
        follow(newer);
    }

    /**
     * One commit: only what it concerns is derived anew.
     *
     * @param after the state that follows the one that this was told last
     */
    public void on(Event.Changed event, ClusterState after) {
        Sources.of(state, event, after).distinct().forEach(source -> concern(source, after));
        follow(after);
    }

    public void on(CommitResult result, Instant now) {
        inFlight = false;
        // What was written is seen in a state that follows, and what was in the way too: do not write it again before.
        awaitedRevision = result instanceof CommitResult.Committed done ? done.revision() : state.revision() + 1;
        pausedUntil = state.revision() >= awaitedRevision ? null : now.plus(RETRY_PAUSE);
    }

    /** The next plan to commit; empty while one is in flight. */
    public Optional<Plan> next(Instant now) {
        dropSilent(now);
        if (inFlight || (pausedUntil != null && now.isBefore(pausedUntil))) return Optional.empty();
        pausedUntil = null;
        Plan.Builder plan = new Plan.Builder();
        endedSessions().limit(MAX_OPERATIONS).forEach(ended -> plan.delete(state, ended.key()));
        for (Connection connection : List.copyOf(connections.values())) {
            if (plan.size() >= MAX_OPERATIONS) break;
            if (isRegistered(connection)) connection.store(state, plan, MAX_OPERATIONS);
            else if (hasMoved(connection)) close(connection, "the host opened a newer session elsewhere");
            else register(connection, plan, now);
        }
        inFlight = !plan.isEmpty();
        return inFlight ? Optional.of(plan.build()) : Optional.empty();
    }

    /** Takes the messages to send, in order. Brings every agent to what the state says that it should do. */
    public List<Outbound> outbox() {
        return outbox(session -> true);
    }

    /**
     * {@link #outbox()} with regard for slow agents.
     *
     * @param isReady whether a session takes more now; one that does not gets later, in one difference, what it misses
     */
    public List<Outbound> outbox(LongPredicate isReady) {
        String epoch = state.get(new Key(Kind.SETTING, Setting.EPOCH), Setting.class)
                .map(Setting::value)
                .orElse("");
        for (Connection connection : connections.values()) {
            Optional<ContainerInstance> host = state.instance(connection.instance());
            if (host.isEmpty() || !isRegistered(connection)) continue;
            if (!connection.admitted) outbox.add(new Outbound.Welcome(connection.session, HEARTBEAT_INTERVAL, epoch));
            connection.admitted = true;
            if (!isReady.test(connection.session)) continue;
            connection
                    .bringTo(state, host.get())
                    .ifPresent(delta -> outbox.add(new Outbound.Deliver(connection.session, delta)));
        }
        List<Outbound> taken = new ArrayList<>(outbox);
        outbox.clear();
        return taken;
    }

    /** When {@link #next} may have something without a message or a state; empty: never. */
    public Optional<Instant> wakeAt() {
        if (pausedUntil != null && !inFlight) return Optional.of(pausedUntil);
        return connections.values().stream()
                .map(connection -> connection.lastHeardAt.plus(MAX_SILENCE))
                .min(Instant::compareTo);
    }

    /** The session of a host, for those who want to ask its agent something. */
    public Optional<Long> sessionOf(InstanceId instance) {
        return Optional.ofNullable(connections.get(instance))
                .filter(connection -> connection.admitted)
                .map(connection -> connection.session);
    }

    public int sessions() {
        return connections.size();
    }

    /** A source concerns the host that its task was or is on, and every host that carries traffic. */
    private void concern(Key source, ClusterState after) {
        for (Connection connection : connections.values()) if (connection.hello.edge()) connection.concern(source);
        if (source.kind() != Kind.TASK) return;
        Stream.of(state, after)
                .flatMap(at -> at.task(TaskId.of(source.id())).map(Task::instance).stream())
                .flatMap(host -> Stream.ofNullable(connections.get(host)))
                .forEach(connection -> connection.concern(source));
    }

    private void follow(ClusterState newer) {
        state = newer;
        if (newer.revision() >= awaitedRevision) pausedUntil = null;
    }

    private void register(Connection connection, Plan.Builder plan, Instant now) {
        // Once it is in, only its session follows it: what becomes of the host is for others to decide.
        if (!connection.admitted) {
            Optional<Refusal> refusal = Admission.refusal(state, connection.hello);
            if (refusal.isPresent()) {
                outbox.add(new Outbound.Refused(connection.session, refusal.get()));
                leave(connection);
                return;
            }
            if (!isHostUpToDate(connection)) plan.update(state, Admission.instance(state, connection.hello, now));
        }
        AgentSession session = session(connection, now);
        plan.add(Change.putLeased(session, state.revisionOf(session.key())));
    }

    private AgentSession session(Connection connection, Instant now) {
        return new AgentSession(
                connection.instance(), name, connection.hello.incarnation(), now, connection.runtimeHealthy, apiUrl);
    }

    /** The store shows this session, and, before it is welcomed, the host as it introduced itself. */
    private boolean isRegistered(Connection connection) {
        return (connection.admitted || isHostUpToDate(connection)) && hasSession(connection);
    }

    /** Was registered here, and is now with another process: the newer session, which must not be taken back. */
    private boolean hasMoved(Connection connection) {
        return connection.admitted
                && state.session(connection.instance())
                        .filter(session -> !session.gateway().equals(name))
                        .isPresent();
    }

    private boolean isHostUpToDate(Connection connection) {
        return state.instance(connection.instance())
                .filter(host -> host.equals(Admission.instance(state, connection.hello, host.registeredAt())))
                .isPresent();
    }

    private boolean hasSession(Connection connection) {
        return state.session(connection.instance())
                .filter(session -> session.gateway().equals(name)
                        && session.incarnation() == connection.hello.incarnation()
                        && session.runtimeHealthy() == connection.runtimeHealthy)
                .isPresent();
    }

    /** Sessions that the store has in our name and that are over. */
    private Stream<AgentSession> endedSessions() {
        return state.all(Kind.SESSION, AgentSession.class)
                .filter(session -> session.gateway().equals(name) && !connections.containsKey(session.instance()));
    }

    private void dropSilent(Instant now) {
        List<Connection> silent = connections.values().stream()
                .filter(connection -> !connection.lastHeardAt.plus(MAX_SILENCE).isAfter(now))
                .toList();
        for (Connection connection : silent)
            close(connection, "silent for more than " + MAX_SILENCE.toSeconds() + " s");
    }

    private void close(Connection connection, String reason) {
        outbox.add(new Outbound.Close(connection.session, reason));
        leave(connection);
    }

    private void leave(Connection connection) {
        bySession.remove(connection.session);
        connections.remove(connection.instance());
    }

    private Optional<Connection> connection(long session) {
        return Optional.ofNullable(bySession.get(session));
    }
}
