package io.staithe.server.bench;

import io.staithe.core.control.ControlLoop;
import io.staithe.core.control.Reconcilers;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Entity;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The control loop alone, in this process, on a store in memory and under virtual time: 1,000 services of 10 tasks on 100
 * hosts from nothing to rest; the same state opened anew, as after a restart; one dead task until its replacement is
 * placed.
 */
final class LoopBenchmark {
    private static final String CLUSTER = "default";
    private static final int SERVICES = Integer.getInteger("bench.services", 1000);
    private static final int TASKS_PER_SERVICE = 10;
    private static final int HOSTS = 100;
    private static final int ROUNDS = 5;

    private final MemoryStore store = new MemoryStore();
    private final Queue<Event> events = new ArrayDeque<>();
    private final Figures millis = new Figures("ms");
    private ControlLoop loop = new ControlLoop(Reconcilers.all(), List.of());
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int commits;

    void run() {
        put(Cluster.of(CLUSTER, now));
        for (int n = 1; n <= HOSTS; n++) host(new InstanceId(String.format("%032x", n)), n);
        TaskDefinition definition = definition();
        put(definition);
        for (int n = 1; n <= SERVICES; n++) put(service(n, definition));
        loop.open(store.open(events::add).snapshot());

        measure("1,000 services from nothing: all placed", this::rest);
        measure("10,000 reports of running tasks, to rest", () -> {
            tasks().forEach(task -> report(task, ContainerReport.State.RUNNING, null));
            rest();
        });
        now = now.plus(Duration.ofMinutes(1));
        measure("all healthy and deployments completed, to rest", this::rest);
        for (int round = 0; round < ROUNDS; round++) {
            measure(
                    "that state indexed",
                    () -> ClusterState.of(
                            store.state().revision(), store.state().objects().toList()));
            measure("that state opened by a new loop, to rest", () -> {
                loop = new ControlLoop(Reconcilers.all(), List.of());
                loop.open(store.state());
                rest();
            });
        }
        for (Task task : tasks().stream().limit(ROUNDS).toList())
            measure("one dead task, until its replacement is placed", () -> {
                report(task, ContainerReport.State.STOPPED, StopCode.EssentialContainerExited);
                rest();
            });
        millis.print();
        System.out.printf(
                "  in %d commits, for %d objects%n", commits, store.state().size());
    }

    private void measure(String what, Runnable work) {
        long from = System.nanoTime();
        work.run();
        millis.add(what, (System.nanoTime() - from) / 1e6);
    }

    private void rest() {
        while (true) {
            while (!events.isEmpty()) loop.on(events.remove());
            Optional<Plan> plan = loop.next(now);
            if (plan.isEmpty()) break;
            loop.on(commit(plan.get()), now);
        }
        if (!loop.failures().isEmpty()) throw new IllegalStateException("a reconciler failed");
    }

    private CommitResult commit(Plan plan) {
        commits++;
        return store.commit(plan);
    }

    private void put(Entity entity) {
        store.commit(new Plan.Builder().add(Change.put(entity, Change.ANY)).build());
    }

    private List<Task> tasks() {
        return store.state().all(Kind.TASK, Task.class).toList();
    }

    private void report(Task task, ContainerReport.State to, @Nullable StopCode code) {
        put(new TaskReport(
                task.id(),
                Objects.requireNonNull(task.instance()),
                1,
                code == null ? 1 : 2,
                to,
                HealthStatus.UNKNOWN,
                List.of(),
                null,
                null,
                now,
                null,
                code == null ? null : now,
                code,
                null));
    }

    private void host(InstanceId id, int n) {
        put(ContainerInstance.of(id, CLUSTER, "host" + n, new Resources(1 << 20, 1 << 20, 0), now));
        put(new AgentSession(id, "gateway", 1, now, true));
    }

    private TaskDefinition definition() {
        return new TaskDefinition(
                "simulated",
                1,
                TaskDefinition.Status.ACTIVE,
                null,
                null,
                null,
                List.of(ContainerDefinition.of("app", "simulated:1")),
                List.of(),
                List.of(),
                List.of(),
                128,
                128,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                now,
                null,
                null);
    }

    private Service service(int n, TaskDefinition definition) {
        return Service.of(
                new ServiceId(CLUSTER, "s" + n),
                "incarnation-" + n,
                TASKS_PER_SERVICE,
                ServiceRevision.of(definition.id()),
                new DeploymentId("1" + String.format("%018d", n)),
                now);
    }
}
