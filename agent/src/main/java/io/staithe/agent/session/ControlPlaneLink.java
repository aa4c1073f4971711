package io.staithe.agent.session;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskReport;
import io.staithe.proto.v1.AgentMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one session with the control plane open: connects, introduces the host, sends heartbeats, and connects again, after
 * a growing pause, when the stream breaks. Sending to no session sends nothing, because the next session begins with the
 * whole. Thread-safe.
 */
public final class ControlPlaneLink implements AutoCloseable {
    /** Told what happens, on a thread of the network's: it must only put it into an inbox. */
    public interface Owner {
        /** A session is open. It wants all reports now; a full assignment follows. */
        void welcomed(String epoch, ArnScope scope);

        void assigned(Assignment.Delta delta);

        void logOrdered(LogOrder order);

        void logCancelled(long id);

        /** Whether the container runtime answers. */
        boolean isRuntimeHealthy();

        /** The session is over, or did not come about; the next attempt follows after the pause. */
        void disconnected(String why, Duration pause);

        /** There will be no session any more. */
        void refused(Refused refused);
    }

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** For the gateway to answer the introduction. */
    private static final Duration WELCOME_DEADLINE = Duration.ofSeconds(10);

    /** A session that lasted so long was a good one: the next pause is short again. */
    private static final Duration GOOD_SESSION = Duration.ofSeconds(10);

    private final GatewayChannel gateway;
    private final String token;
    private final Introduction host;
    private final Owner owner;
    private final Reconnect reconnect;
    private final EventLoopGroup threads;
    private final Questions questions = new Questions();

    private @Nullable Session session;
    private boolean closed;

    /** @param token the join token; goes into the call's metadata and nowhere else */
    public ControlPlaneLink(
            GatewayChannel gateway, String token, Introduction host, Owner owner, RandomGenerator random) {
        this.gateway = gateway;
        this.token = token;
        this.host = host;
        this.owner = owner;
        reconnect = new Reconnect(random);
        threads = new NioEventLoopGroup(1, new DefaultThreadFactory("control-plane", true));
    }

    /** Begins. Once only. */
    public void start() {
        threads.execute(this::connect);
    }

    private synchronized void connect() {
        if (closed) return;
        try {
            ManagedChannel channel = gateway.open(threads);
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, "Bearer " + token);
            Session opened = new Session(channel, headers, host, owner, threads, questions, this::ended);
            session = opened;
            opened.open(WELCOME_DEADLINE);
        } catch (IOException unreadable) {
            again("the CA file cannot be read: " + unreadable.getMessage());
        }
    }

    /** Called once by each session, at its end. */
    private synchronized void ended(Session which, Session.End end) {
        if (closed || session != which) return;
        session = null;
        if (end.refused() != null) {
            closed = true;
            owner.refused(end.refused());
            var unused = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        } else {
            if (end.lasted().compareTo(GOOD_SESSION) >= 0) reconnect.forget();
            again(end.why());
        }
    }

    private void again(String why) {
        Duration pause = reconnect.next();
        owner.disconnected(why, pause);
        var unused = threads.schedule(this::connect, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param full everything that the agent knows, as against what has changed */
    public void report(boolean full, List<TaskReport> tasks, List<TargetHealth> targets, List<String> removedTargets) {
        if (!full && tasks.isEmpty() && targets.isEmpty() && removedTargets.isEmpty()) return;
        send(Messages.reports(full, tasks, targets, removedTargets));
    }

    private void send(AgentMessage message) {
        Session open = current();
        if (open != null) open.outbound().send(message);
    }

    /**
     * Sends a piece of a container's output when there is room on the wire.
     *
     * @return false when nobody will read it: the session is over, or its reader is slower than {@code patience}
     */
    public boolean log(long id, String container, boolean stderr, String line, Duration patience)
            throws InterruptedException {
        Session open = current();
        ByteString data = ByteString.copyFrom(line + "\n", StandardCharsets.UTF_8);
        return open != null && open.outbound().sendInTurn(Messages.log(id, container, stderr, data), patience);
    }

    /** Always answered within a few seconds, and never with an exception. */
    public CompletableFuture<ProtectionAnswer> ask(ProtectionRequest request) {
        Session open = current();
        return open == null
                ? CompletableFuture.completedFuture(ProtectionAnswer.UNREACHABLE)
                : questions.ask(request, open.outbound()::send);
    }

    /** @param error absent: it ended by itself */
    public void endOfLog(long id, @Nullable String error) {
        send(Messages.endOfLog(id, error));
    }

    /** Gives up the session and opens another, which begins with the whole: for an owner that cannot keep up. */
    public void startOver(String why) {
        Session open = current();
        if (open != null) open.close(why);
    }

    private synchronized @Nullable Session current() {
        return session != null && session.isWelcomed() ? session : null;
    }

    /** Ends the session and all attempts. */
    @Override
    public synchronized void close() {
        closed = true;
        if (session != null) session.close("the agent ends");
        var unused = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
