package io.staithe.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.staithe.core.GivenDefinition;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.ecs.PastDeployments.PastDeployment;
import io.staithe.server.ecs.PastTasks.PastTask;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What history does, on whichever database it lies. */
interface HistoryContract {
    Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    Rows rows();

    @Test
    default void keepsEventsInOrderAndOnce() {
        ServiceId service = service();
        List<RecordedEvent> events = List.of(event(service, "1", NOW), event(service, "2", NOW));
        rows().write(events);
        rows().write(events);
        assertEquals(
                List.of("2", "1"),
                rows().eventsOf(service, 10).stream().map(ServiceEvent::message).toList());
        assertEquals(1, rows().eventsOf(service, 1).size());
        assertEquals(NOW, rows().eventsOf(service, 1).get(0).createdAt());
    }

    @Test
    default void keepsAStoppedTaskWithItsContainersAndItsLastWord() {
        StoppedTask task = stopped(service(), NOW);
        rows().write(List.of(task));
        task.stoppedReason = "Essential container in task exited";
        task.containers.add(container("main", 137));
        task.containers.add(container("sidecar", 0));
        rows().write(List.of(task));
        StoppedTask found = rows().stoppedTask(TaskId.of(task.id)).orElseThrow();
        assertEquals("Essential container in task exited", found.stoppedReason);
        assertEquals(
                List.of(137, 0),
                found.containers.stream().map(container -> container.exitCode).toList());
    }

    @Test
    default void findsAStoppedTaskByTheBeginningOfItsIdAndSaysWhyItWasThere() {
        StoppedTask task = stopped(service(), NOW);
        task.placement = "best of 2 hosts\nChosen: h1 with 512 MiB free.";
        task.containers.add(container("main", 137));
        StoppedTask other = stopped(service(), NOW);
        rows().write(List.of(task, other));
        List<StoppedTask> found = rows().stoppedTasksStartingWith("history", task.id.substring(0, 12), 2);
        assertEquals(1, found.size());
        PastTask past = found.get(0).toPastTask();
        assertEquals(task.id, past.id().value());
        assertEquals(List.of("best of 2 hosts", "Chosen: h1 with 512 MiB free."), past.placement());
        assertEquals(137, past.containers().get(0).exitCode());
        assertEquals(List.of(), rows().stoppedTasksStartingWith("elsewhere", task.id, 2));
        assertEquals(List.of(), other.toPastTask().placement());
    }

    @Test
    default void listsTheLastStoppedTaskFirst() {
        ServiceId service = service();
        StoppedTask first = stopped(service, NOW.minusSeconds(10));
        StoppedTask last = stopped(service, NOW);
        rows().write(List.of(last, first));
        assertEquals(
                List.of(last.id, first.id),
                rows().stoppedTasksOf(service, 10).stream().map(task -> task.id).toList());
    }

    @Test
    default void keepsADeploymentAsItWasLastSeen() {
        ServiceId service = service();
        RecordedDeployment deployment = deployment(service, "IN_PROGRESS");
        rows().write(List.of(deployment));
        deployment.rolloutState = "COMPLETED";
        rows().write(List.of(deployment));
        List<RecordedDeployment> found = rows().deploymentsOf(service, 10);
        assertEquals(1, found.size());
        assertEquals("COMPLETED", found.get(0).rolloutState);
    }

    @Test
    default void keepsARevisionAndItsTaskDefinitionAsAWhole() {
        ServiceId service = service();
        TaskDefinition definition = GivenDefinition.definition("web", 1).build();
        Deployment deployment = Deployment.of(
                Service.of(
                        service,
                        "0".repeat(32),
                        2,
                        ServiceRevision.of(definition.id()),
                        DeploymentId.of(String.valueOf(System.nanoTime())),
                        NOW),
                NOW);
        ClusterState state = ClusterState.EMPTY.apply(Plan.of(Change.put(definition, Change.ANY)), 1);
        rows().write(List.of(RecordedDeployment.of(deployment, state)));
        rows().write(List.of(RecordedDeployment.of(deployment, ClusterState.EMPTY)));
        PastDeployment found =
                rows().deploymentsOf(service, 10).get(0).toPastDeployment().orElseThrow();
        assertEquals(deployment, found.deployment());
        assertEquals(definition, found.taskDefinition(), "it was deleted before the deployment ended");
        assertTrue(rows().deleteOld(NOW.plusSeconds(1), Long.MAX_VALUE) >= 1);
        assertEquals(List.of(), rows().deploymentsOf(service, 10));
    }

    @Test
    default void writesAllOrNothing() {
        ServiceId service = service();
        RecordedEvent broken = event(service, "broken", NOW);
        broken.code = null;
        org.junit.jupiter.api.Assertions.assertThrows(
                RuntimeException.class, () -> rows().write(List.of(event(service, "sound", NOW), broken)));
        assertEquals(List.of(), rows().eventsOf(service, 10));
    }

    @Test
    default void forgetsWhatIsOldAndWhatIsTooMuch() {
        ServiceId service = service();
        Instant longAgo = Instant.parse("1990-01-01T00:00:00Z");
        StoppedTask old = stopped(service, longAgo);
        old.containers.add(container("main", 1));
        rows().write(List.of(old, event(service, "old", longAgo), event(service, "new", NOW)));
        assertTrue(rows().deleteOld(longAgo.plusSeconds(1), Long.MAX_VALUE) >= 2);
        assertTrue(rows().stoppedTask(TaskId.of(old.id)).isEmpty());
        assertEquals(
                List.of("new"),
                rows().eventsOf(service, 10).stream().map(ServiceEvent::message).toList());

        rows().write(List.of(event(service, "oldest", longAgo)));
        long most = QuarkusTransaction.requiringNew().call(() -> RecordedEvent.count()) - 1;
        assertTrue(rows().deleteOld(Instant.EPOCH, most) >= 1);
        assertEquals(1, rows().eventsOf(service, 10).size());
    }

    private static ServiceId service() {
        return new ServiceId("history", "s" + hex().substring(0, 12));
    }

    private static RecordedEvent event(ServiceId service, String message, Instant at) {
        return RecordedEvent.of(new ServiceEvent(
                String.format("%015d-%s-%s", at.toEpochMilli(), service.name(), message),
                at,
                "/services/" + service,
                service,
                null,
                "SERVICE_STEADY_STATE",
                message));
    }

    private static StoppedTask stopped(ServiceId service, Instant at) {
        StoppedTask task = new StoppedTask();
        task.id = hex();
        task.cluster = service.cluster();
        task.service = service.value();
        task.taskDefinition = "web:1";
        task.createdAt = at.minusSeconds(60);
        task.stoppedAt = at;
        return task;
    }

    private static StoppedContainer container(String name, int exitCode) {
        StoppedContainer container = new StoppedContainer();
        container.name = name;
        container.image = "example/web:1";
        container.exitCode = exitCode;
        return container;
    }

    private static RecordedDeployment deployment(ServiceId service, String rolloutState) {
        RecordedDeployment deployment = new RecordedDeployment();
        deployment.id = String.valueOf(System.nanoTime());
        deployment.service = service.value();
        deployment.taskDefinition = "web:1";
        deployment.status = "PRIMARY";
        deployment.rolloutState = rolloutState;
        deployment.desiredCount = 2;
        deployment.createdAt = NOW;
        deployment.updatedAt = NOW;
        return deployment;
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
