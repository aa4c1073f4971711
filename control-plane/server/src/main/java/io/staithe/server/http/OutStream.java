package io.staithe.server.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A response that goes on for a long time. It may be written to from any thread, never blocks, and holds only so many bytes
 * for a client that does not read: beyond that the stream is cut.
 */
final class OutStream {
    private final Context context;
    private final HttpServerResponse response;
    private final long maxUnsentBytes;
    private final AtomicLong unsentBytes = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param onClose runs once, on the event loop, when the stream has ended for whatever reason */
    OutStream(Context context, HttpServerResponse response, String contentType, long maxUnsentBytes, Runnable onClose) {
        this.context = context;
        this.response = response;
        this.maxUnsentBytes = maxUnsentBytes;
        AtomicBoolean told = new AtomicBoolean();
        context.runOnContext(on -> {
            response.closeHandler(closed -> {
                over.set(true);
                if (told.compareAndSet(false, true)) onClose.run();
            });
            response.endHandler(ended -> {
                if (told.compareAndSet(false, true)) onClose.run();
            });
            if (response.closed() && told.compareAndSet(false, true)) {
                over.set(true);
                onClose.run();
                return;
            }
            response.setChunked(true).putHeader("content-type", contentType).putHeader("cache-control", "no-store");
        });
    }

    /** Sends the response's head now, in place of with the first bytes. */
    void begin() {
        write(new byte[0]);
    }

    /** @return false: the stream is over, or is cut because the client does not keep up */
    boolean write(byte[] data) {
        if (over.get()) return false;
        if (unsentBytes.addAndGet(data.length) > maxUnsentBytes) {
            cut();
            return false;
        }
        context.runOnContext(on -> {
            if (response.closed() || response.ended()) return;
            response.write(Buffer.buffer(data)).onComplete(sent -> unsentBytes.addAndGet(-data.length));
        });
        return true;
    }

    boolean write(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** After everything that was written. */
    void end() {
        if (!over.compareAndSet(false, true)) return;
        context.runOnContext(on -> {
            if (!response.closed() && !response.ended()) response.end();
        });
    }

    /** Hangs up without the end mark, so that the client sees that something is missing. */
    void cut() {
        if (!over.compareAndSet(false, true)) return;
        context.runOnContext(on -> response.reset());
    }
}
