package io.staithe.agent.session;

import io.grpc.stub.ClientCallStreamObserver;
import io.staithe.proto.v1.AgentMessage;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The sending half of a stream, for several threads: gRPC's own is for one. */
final class Outbound {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ClientCallStreamObserver<AgentMessage> stream;
    private boolean closed;

    /** To be made before the call starts: it registers for the stream's readiness. */
    Outbound(ClientCallStreamObserver<AgentMessage> stream) {
        this.stream = stream;
        stream.setOnReadyHandler(this::signal);
    }

    /** Sends at once, whatever is still unsent; to a closed stream, nothing. For what is small and must go. */
    void send(AgentMessage message) {
        lock.lock();
        try {
            if (!closed) stream.onNext(message);
        } finally {
            lock.unlock();
        }
    }

    /** Sends when what went before has left. @return false when it was closed or took longer than {@code patience} */
    boolean sendInTurn(AgentMessage message, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && !stream.isReady()) {
                if (nanos <= 0) return false;
                nanos = changed.awaitNanos(nanos);
            }
            if (!closed) stream.onNext(message);
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void close(String why) {
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            changed.signalAll();
            stream.cancel(why, null);
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
