package io.staithe.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;

/** What happened, line by line. The same seed writes the same journal; its checksum says so in one number. */
final class Journal {
    private static final int LINES_KEPT = 20_000;

    private final Timeline timeline;
    private final CRC32C checksum = new CRC32C();
    private final Deque<String> last = new ArrayDeque<>();

    Journal(Timeline timeline) {
        this.timeline = timeline;
    }

    void write(String what) {
        long millis = timeline.elapsed().toMillis();
        String line = String.format("%6d.%03d %s", millis / 1000, millis % 1000, what);
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
        if (last.size() == LINES_KEPT) last.removeFirst();
        last.addLast(line);
    }

    long checksum() {
        return checksum.getValue();
    }

    /** The newest lines, oldest first. */
    List<String> last() {
        return List.copyOf(last);
    }
}
