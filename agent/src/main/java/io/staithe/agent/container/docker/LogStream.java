package io.staithe.agent.container.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.ContainerRuntime.LogSink;
import io.staithe.agent.container.ContainerRuntime.Subscription;
import io.staithe.agent.container.LogLine;
import io.staithe.agent.container.LogQuery;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container's output on its way to a sink. Docker sends each line, or 16 KiB of one, as a frame of its own with the time
 * before it; from a pseudo-terminal it sends bytes, and the lines have to be found.
 */
final class LogStream extends ResultCallback.Adapter<Frame> implements Subscription {
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_TIME_BYTES = 64;

    private final Engine engine;
    private final HttpCall call;
    private final LogQuery query;
    private final LogSink sink;
    private final Consumer<LogStream> released;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    /** @param released told once when it has ended */
    LogStream(Engine engine, LogQuery query, LogSink sink, Consumer<LogStream> released) {
        this.engine = engine;
        this.query = query;
        this.sink = sink;
        this.released = released;
        call = engine.stream();
    }

    void open(String id) {
        LogContainerCmd command = engine.client(call)
                .logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withTimestamps(true)
                .withFollowStream(query.follow());
        if (query.tailLines() != null) command.withTail(query.tailLines());
        if (query.since() != null)
            command.withSince(Math.toIntExact(query.since().getEpochSecond()));
        command.exec(this);
    }

    @Override
    public void onNext(Frame frame) {
        if (frame.getStreamType() == StreamType.RAW) fromTerminal(frame.getPayload());
        else line(frame.getStreamType() == StreamType.STDERR, frame.getPayload());
    }

    @Override
    public void onComplete() {
        if (terminal.size() > 0) flushTerminal();
        end(null);
    }

    @Override
    public void onError(Throwable failure) {
        end(call.isCancelled() ? null : Failures.of(Code.CANNOT_INSPECT, failure));
    }

    @Override
    public void close() {
        call.cancel();
        end(null);
    }

    private void end(@Nullable ContainerException failure) {
        if (!ended.compareAndSet(false, true)) return;
        released.accept(this);
        sink.ended(failure);
    }

    private void fromTerminal(byte[] bytes) {
        for (byte b : bytes) {
            if (b != '\n') terminal.write(b);
            if (b == '\n' || terminal.size() >= MAX_LINE_BYTES + MAX_TIME_BYTES) flushTerminal();
        }
    }

    private void flushTerminal() {
        line(false, terminal.toByteArray());
        terminal.reset();
    }

    private void line(boolean stderr, byte[] bytes) {
        if (ended.get()) return;
        String written = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
        int space = written.indexOf(' ');
        Instant at = Instant.parse(space < 0 ? written : written.substring(0, space));
        if (query.since() != null && at.isBefore(query.since())) return;
        sink.line(new LogLine(at, stderr, space < 0 ? "" : written.substring(space + 1)));
    }
}
