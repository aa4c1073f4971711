package io.staithe.agent.container.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.Finding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One program inside a running container. Docker can begin it and tell its exit code, but not end it: what does not end in
 * time is left to itself, and ends with its container.
 */
final class Execution {
    private Execution() {}

    static Finding run(Engine engine, String container, List<String> command, Duration timeout)
            throws ContainerException {
        String id = engine.call(Code.CANNOT_INSPECT, docker -> docker.execCreateCmd(container)
                .withCmd(command.toArray(String[]::new))
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId());
        Output output = new Output();
        HttpCall call = engine.stream();
        try {
            engine.client(call).execStartCmd(id).exec(output);
            if (!output.awaitCompletion(timeout.toMillis(), TimeUnit.MILLISECONDS))
                return Finding.failed("has not ended within " + timeout.toSeconds() + " s");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Finding.failed("was not waited for");
        } finally {
            call.cancel();
        }
        if (output.failure != null) return Finding.failed(Failures.detail(output.failure));
        Long exitCode = engine.call(
                Code.CANNOT_INSPECT, docker -> docker.inspectExecCmd(id).exec().getExitCodeLong());
        if (exitCode != null && exitCode == 0) return Finding.PASSED;
        return Finding.failed("exited with " + exitCode + (output.text().isBlank() ? "" : ": " + output.text()));
    }

    /** What the program writes, as far as it is of use. */
    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile @Nullable Throwable failure;

        @Override
        public synchronized void onNext(Frame frame) {
            int room = Finding.MAX_DETAIL_CHARS - bytes.size();
            if (room > 0) bytes.write(frame.getPayload(), 0, Math.min(room, frame.getPayload().length));
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
            super.onError(cause);
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
