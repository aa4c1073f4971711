package io.staithe.server.gateway;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.staithe.core.model.InstanceId;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.LogCancel;
import io.staithe.proto.v1.LogChunk;
import io.staithe.proto.v1.LogRequest;
import io.staithe.server.aws.ApiError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One agent's stream. Thread-safe: gRPC's observer is not, so that every call of it goes through here. */
final class AgentStream {
    /** Log streams that one agent serves at once. */
    private static final int MAX_LOGS = 50;

    final long session;
    final String tokenHash;
    final long openedAtNanos = System.nanoTime();
    private final ServerCallStreamObserver<GatewayMessage> out;
    private final Map<Long, LogReader> logs = new ConcurrentHashMap<>();
    private volatile boolean over;
    volatile boolean saidHello;
    /** Absent: not welcomed yet. */
    volatile @Nullable InstanceId instance;

    AgentStream(long session, String tokenHash, ServerCallStreamObserver<GatewayMessage> out) {
        this.session = session;
        this.tokenHash = tokenHash;
        this.out = out;
    }

    /** Whether what is sent now goes out now: false while the agent does not keep up. */
    synchronized boolean isReady() {
        return !over && out.isReady();
    }

    synchronized void send(GatewayMessage message) {
        if (!over) out.onNext(message);
    }

    /** Lets the next message of the agent come in. */
    synchronized void readNext() {
        if (!over) out.request(1);
    }

    /** Ends the stream in an orderly way. */
    void complete() {
        synchronized (this) {
            if (over) return;
            over = true;
            out.onCompleted();
        }
        endLogs();
    }

    /** Ends the stream, saying why. */
    void fail(Status status) {
        synchronized (this) {
            if (over) return;
            over = true;
            out.onError(status.asRuntimeException());
        }
        endLogs();
    }

    /** The agent has gone. */
    void gone() {
        synchronized (this) {
            over = true;
        }
        endLogs();
    }

    void openLog(LogRequest request, LogReader reader) {
        if (logs.size() >= MAX_LOGS)
            throw ApiError.unavailable("This host serves " + MAX_LOGS + " log streams already.");
        logs.put(request.getRequestId(), reader);
        send(GatewayMessage.newBuilder().setLogRequest(request).build());
        if (over) endLogs();
    }

    void cancelLog(long request) {
        if (logs.remove(request) == null) return;
        send(GatewayMessage.newBuilder()
                .setLogCancel(LogCancel.newBuilder().setRequestId(request))
                .build());
    }

    void heard(LogChunk chunk) {
        LogReader reader = logs.get(chunk.getRequestId());
        if (reader == null) return;
        boolean wanted = chunk.getData().isEmpty()
                || reader.chunk(chunk.getContainer(), chunk.getData().toByteArray());
        if (chunk.getEnd() || !chunk.getError().isEmpty()) {
            if (logs.remove(chunk.getRequestId()) != null) reader.end(chunk.getError());
        } else if (!wanted) {
            cancelLog(chunk.getRequestId());
        }
    }

    private void endLogs() {
        for (Long request : List.copyOf(logs.keySet())) {
            LogReader reader = logs.remove(request);
            if (reader != null) reader.end("the connection to the host has ended");
        }
    }
}
