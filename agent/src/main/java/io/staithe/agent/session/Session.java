package io.staithe.agent.session;

import com.google.protobuf.Duration;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.staithe.core.model.Invalid;
import io.staithe.proto.v1.AgentGatewayGrpc;
import io.staithe.proto.v1.AgentMessage;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.Refusal;
import io.staithe.proto.v1.Welcome;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One stream, from the introduction to its end. */
final class Session implements ClientResponseObserver<AgentMessage, GatewayMessage> {
    /** Whatever a gateway says, it is not asked for heartbeats more often or more seldom than this. */
    private static final long MIN_HEARTBEAT_MILLIS = 100;

    private static final long MAX_HEARTBEAT_MILLIS = 60_000;

    private final ManagedChannel channel;
    private final Metadata headers;
    private final Introduction host;
    private final ControlPlaneLink.Owner owner;
    private final BiConsumer<Session, End> whenEnded;
    private final Questions questions;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long begunNanos = System.nanoTime();

    private volatile @Nullable Outbound outbound;
    private volatile boolean welcomed;
    private volatile @Nullable Refusal refusal;
    private volatile @Nullable ScheduledFuture<?> heartbeats;

    /**
     * How a session ended.
     *
     * @param refused absent: another one may go better
     */
    record End(
            String why, java.time.Duration lasted, @Nullable Refused refused) {}

    Session(
            ManagedChannel channel,
            Metadata headers,
            Introduction host,
            ControlPlaneLink.Owner owner,
            ScheduledExecutorService timer,
            Questions questions,
            BiConsumer<Session, End> whenEnded) {
        this.channel = channel;
        this.headers = headers;
        this.host = host;
        this.owner = owner;
        this.timer = timer;
        this.questions = questions;
        this.whenEnded = whenEnded;
    }

    /** Opens the stream and introduces the host; the session is over unless it is welcomed within the deadline. */
    void open(java.time.Duration welcomeDeadline) {
        var requests = AgentGatewayGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .session(this);
        requests.onNext(Messages.hello(host));
        var unused = timer.schedule(
                () -> {
                    if (!welcomed) close("the gateway did not answer the introduction in time");
                },
                welcomeDeadline.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AgentMessage> requests) {
        outbound = new Outbound(requests);
    }

    @Override
    public void onNext(GatewayMessage message) {
        try {
            switch (message.getMessageCase()) {
                case WELCOME -> welcome(message.getWelcome());
                case REFUSAL -> refuse(message.getRefusal());
                case ASSIGNMENT -> owner.assigned(io.staithe.wire.Wire.toDelta(message.getAssignment()));
                case LOG_REQUEST -> owner.logOrdered(Messages.logOrder(message.getLogRequest()));
                case LOG_CANCEL -> owner.logCancelled(message.getLogCancel().getRequestId());
                case TASK_PROTECTION -> questions.answered(message.getTaskProtection());
                case MESSAGE_NOT_SET -> {} // of a kind that a newer gateway knows
            }
        } catch (Invalid invalid) {
            close("the gateway sent something that cannot be: " + invalid.getMessage());
        }
    }

    private void welcome(Welcome welcome) {
        Duration interval = welcome.getHeartbeatInterval();
        long millis = Math.max(
                MIN_HEARTBEAT_MILLIS,
                Math.min(MAX_HEARTBEAT_MILLIS, interval.getSeconds() * 1000 + interval.getNanos() / 1_000_000));
        heartbeats = timer.scheduleAtFixedRate(
                () -> outbound().send(Messages.heartbeat(owner.isRuntimeHealthy())), 0, millis, TimeUnit.MILLISECONDS);
        welcomed = true;
        owner.welcomed(welcome.getEpoch(), new ArnScope(welcome.getRegion(), welcome.getAccount()));
    }

    private void refuse(Refusal message) {
        refusal = message;
        close("refused: " + message.getMessage());
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        boolean credentials =
                status.getCode() == Status.Code.UNAUTHENTICATED || status.getCode() == Status.Code.PERMISSION_DENIED;
        if (credentials && refusal == null)
            refusal = Refusal.newBuilder()
                    .setCode(Refusal.Code.CREDENTIALS)
                    .setMessage(Objects.requireNonNullElse(status.getDescription(), "the join token is not accepted"))
                    .build();
        end(describe(status));
    }

    /** With what the network says, where gRPC only says that it said something. */
    private static String describe(Status status) {
        String description = status.getDescription() == null ? "" : ": " + status.getDescription();
        String cause = status.getCause() == null ? "" : " (" + status.getCause().getMessage() + ")";
        return status.getCode() + description + cause;
    }

    @Override
    public void onCompleted() {
        end("the gateway closed the session");
    }

    Outbound outbound() {
        return Objects.requireNonNull(outbound);
    }

    boolean isWelcomed() {
        return welcomed && !ended.get();
    }

    void close(String why) {
        outbound().close(why);
        end(why);
    }

    private void end(String why) {
        if (!ended.compareAndSet(false, true)) return;
        ScheduledFuture<?> beating = heartbeats;
        if (beating != null) beating.cancel(false);
        outbound().close(why);
        channel.shutdownNow();
        questions.end();
        java.time.Duration lasted = java.time.Duration.ofNanos(System.nanoTime() - begunNanos);
        whenEnded.accept(this, new End(why, welcomed ? lasted : java.time.Duration.ZERO, refused(refusal)));
    }

    /** Only what will not get better by itself is final. */
    private static @Nullable Refused refused(@Nullable Refusal refusal) {
        if (refusal == null) return null;
        return switch (refusal.getCode()) {
            case VERSION -> new Refused(Refused.Why.VERSION, refusal.getMessage());
            case CREDENTIALS -> new Refused(Refused.Why.CREDENTIALS, refusal.getMessage());
            case STALE -> new Refused(Refused.Why.STALE, refusal.getMessage());
            case INVALID, BUSY, UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }
}
