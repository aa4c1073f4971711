package io.staithe.agent.container.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import io.staithe.agent.container.ContainerRuntime.Subscription;
import io.staithe.agent.container.Labels;
import io.staithe.core.model.InstanceId;
import java.io.Closeable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens to the engine for as long as it is open, through every loss of the connection. */
final class EventStream implements Subscription {
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(1);
    /** Without the runs of health checks, which change nothing, and without creations, which are this agent's own. */
    private static final String[] CHANGES = {"start", "die", "oom", "pause", "unpause", "destroy", "health_status"};

    private final Engine engine;
    private final InstanceId owner;
    private final Told told;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable HttpCall call;

    /** Whoever is told, from threads of the stream's. */
    interface Told {
        /** From now on every change is told. */
        void connected();

        /** Something has happened to the container with this id. */
        void changed(String id);

        /** From now on nothing is told: the connection was lost, or could not be made. */
        void disconnected();
    }

    private EventStream(Engine engine, InstanceId owner, Told told) {
        this.engine = engine;
        this.owner = owner;
        this.told = told;
    }

    static EventStream open(Engine engine, InstanceId owner, Told told) {
        EventStream stream = new EventStream(engine, owner, told);
        Thread thread = new Thread(stream::listen, "docker-events");
        thread.setDaemon(true);
        thread.start();
        return stream;
    }

    @Override
    public void close() {
        closed.countDown();
        HttpCall open = call;
        if (open != null) open.cancel();
    }

    private void listen() {
        try {
            do {
                connection();
                told.disconnected();
            } while (!closed.await(BETWEEN_CONNECTIONS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the connection is lost. Why does not matter: calls find out whether the engine is away. */
    private void connection() throws InterruptedException {
        HttpCall own = engine.stream();
        call = own;
        if (closed.getCount() == 0) return;
        CountDownLatch lost = new CountDownLatch(1);
        engine.client(own)
                .eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withEventFilter(CHANGES)
                .withLabelFilter(Map.of(Labels.AGENT, owner.value()))
                .exec(new ResultCallback.Adapter<Event>() {
                    @Override
                    public void onStart(Closeable response) {
                        super.onStart(response);
                        told.connected();
                    }

                    @Override
                    public void onNext(Event event) {
                        if (event.getActor() != null)
                            told.changed(event.getActor().getId());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        lost.countDown();
                    }

                    @Override
                    public void onComplete() {
                        lost.countDown();
                    }
                });
        lost.await();
    }
}
