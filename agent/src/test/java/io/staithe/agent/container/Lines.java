package io.staithe.agent.container;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a container writes. */
public final class Lines implements ContainerRuntime.LogSink {
    private final List<LogLine> lines = new ArrayList<>();
    private boolean ended;
    private @Nullable ContainerException failure;

    @Override
    public synchronized void line(LogLine line) {
        lines.add(line);
    }

    @Override
    public synchronized void ended(@Nullable ContainerException why) {
        if (ended) throw new IllegalStateException("ended twice");
        ended = true;
        failure = why;
    }

    public synchronized List<LogLine> lines() {
        return List.copyOf(lines);
    }

    public synchronized List<String> texts() {
        return lines.stream().map(LogLine::text).toList();
    }

    public synchronized boolean hasEnded() {
        return ended;
    }

    public synchronized @Nullable ContainerException failure() {
        return failure;
    }
}
