package io.staithe.agent.container.docker;

import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What containers use. The engine takes a second for each, between its two samples, so that all are asked at once. */
final class Usage {
    private static final Duration DEADLINE = Duration.ofSeconds(4);

    private Usage() {}

    /** @param ids at most a task's */
    static Map<String, String> of(Engine engine, Collection<String> ids) {
        Map<String, String> found = new ConcurrentHashMap<>();
        List<Thread> asking = new ArrayList<>();
        for (String id : ids) {
            Thread thread = new Thread(() -> ask(engine, id, found), "docker-stats");
            thread.setDaemon(true);
            thread.start();
            asking.add(thread);
        }
        try {
            for (Thread thread : asking) thread.join();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return Map.copyOf(found);
    }

    private static void ask(Engine engine, String id, Map<String, String> found) {
        try {
            found.put(id, engine.get(Code.CANNOT_INSPECT, DEADLINE, "/containers/" + id + "/stats?stream=false"));
        } catch (ContainerException none) {
            // Gone, or the engine is: it is left out.
        }
    }
}
