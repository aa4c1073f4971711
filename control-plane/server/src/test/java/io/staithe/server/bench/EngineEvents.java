package io.staithe.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the engine says of its containers as it happens, with its own times: nobody has to poll, whoever starts them. */
final class EngineEvents implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    /** @param action {@code start} or {@code die} */
    record Happened(String action, String container, long nanos) {}

    private final Process process;
    private final BlockingQueue<Happened> events = new LinkedBlockingQueue<>();

    private EngineEvents(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "engine-events");
        reader.setDaemon(true);
        reader.start();
    }

    static EngineEvents of(PrivateEngine engine) throws IOException, InterruptedException {
        List<String> command = engine.command(
                "events", "--filter=event=start", "--filter=event=die", "--format={{.Action}} {{.ID}} {{.TimeNano}}");
        EngineEvents events = new EngineEvents(new ProcessBuilder(command).start());
        TimeUnit.MILLISECONDS.sleep(500); // it does not say when it has begun to listen
        return events;
    }

    /** The next event of this kind; what comes before it is dropped. */
    Happened await(String action) throws InterruptedException, IOException {
        while (true) {
            Happened next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) throw new IOException("no " + action + " within " + PATIENCE_SECONDS + " s");
            if (next.action().equals(action)) return next;
        }
    }

    void forget() {
        events.clear();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                events.add(new Happened(words[0], words[1], Long.parseLong(words[2])));
            }
        } catch (IOException ended) {
            events.add(new Happened("ended", "", 0));
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
