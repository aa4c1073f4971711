package io.staithe.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.staithe.core.GivenDefinition;
import io.staithe.core.metering.Costs;
import io.staithe.core.metering.Costs.By;
import io.staithe.core.metering.Window;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.ecs.PastDeployments.PastDeployment;
import io.staithe.server.ecs.PastTasks.PastTask;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What history does, on whichever database it lies. */
interface HistoryContract {
    Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    Rows rows();

    UsageRows usage();

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
        assertTrue(rows().deleteOld(keeping(Duration.ZERO, Long.MAX_VALUE), NOW.plusSeconds(1)) >= 1);
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
        assertTrue(rows().deleteOld(keeping(Duration.ZERO, Long.MAX_VALUE), longAgo.plusSeconds(1)) >= 2);
        assertTrue(rows().stoppedTask(TaskId.of(old.id)).isEmpty());
        assertEquals(
                List.of("new"),
                rows().eventsOf(service, 10).stream().map(ServiceEvent::message).toList());

        rows().write(List.of(event(service, "oldest", longAgo)));
        long most = QuarkusTransaction.requiringNew().call(() -> RecordedEvent.count()) - 1;
        assertTrue(rows().deleteOld(keeping(Duration.ZERO, most), Instant.EPOCH) >= 1);
        assertEquals(1, rows().eventsOf(service, 10).size());
    }

    /** Added up where that is all there is to know, one by one where it is not: each record counts once. */
    @ParameterizedTest
    @EnumSource(By.class)
    default void addsUpUsageInAWindow(By by) {
        String cluster = service().name();
        Window window = new Window(NOW.minusSeconds(1000), NOW.minusSeconds(100));
        List<UsageRecord> records = List.of(
                used(cluster, "service:web", "FARGATE", -900, -500),
                used(cluster, "service:web", "FARGATE", -900, -400),
                used(cluster, "service:api", null, -800, -300),
                used(cluster, "family:job", "FARGATE", -1500, -900), // began earlier
                used(cluster, "family:job", "FARGATE", -500, -50), // ended later
                used(cluster, "family:job", "FARGATE", -300, -200), // settled a moment ago
                used(cluster, "family:job", "FARGATE", -3000, -2000),
                used(cluster, "family:job", "FARGATE", -90, -10),
                used(service().name(), "service:web", "FARGATE", -900, -500));
        List<RecordedUsage> all = records.stream().map(RecordedUsage::of).toList();
        rows().write(all);
        rows().write(all);
        Costs expected = new Costs(by, window);
        records.stream().filter(record -> record.cluster().equals(cluster)).forEach(expected::add);
        Costs found = new Costs(by, window);
        List<UsageRecord> answer = usage().within(window, cluster, by, NOW.minusSeconds(250), 100);
        answer.forEach(found::add);
        assertEquals(expected.lines(), found.lines());
        assertEquals(expected.total(), found.total());
        assertEquals(
                3,
                answer.stream()
                        .filter(record ->
                                record.id().length() == 32 && !record.from().equals(window.from()))
                        .count());
        assertTrue(usage().within(window, cluster, by, NOW.minusSeconds(250), 2).size() > 2, "more than wanted");
    }

    @Test
    default void keepsUsageLongerThanTheRest() {
        String cluster = service().name();
        UsageRecord record = used(cluster, "service:web", "FARGATE", -900, -500);
        rows().write(List.of(RecordedUsage.of(record)));
        Window window = new Window(NOW.minusSeconds(1000), NOW);
        rows().deleteOld(new Keeping(Duration.ZERO, 1000, Duration.ofDays(1), 1000), NOW);
        assertEquals(List.of(record), usage().within(window, cluster, By.TASK, Instant.EPOCH, 10));
        rows().deleteOld(new Keeping(Duration.ZERO, 1000, Duration.ofSeconds(500), 1000), NOW.plusSeconds(1));
        assertEquals(List.of(), usage().within(window, cluster, By.TASK, Instant.EPOCH, 10));
    }

    private static UsageRecord used(
            String cluster, String group, @Nullable String provider, int fromSeconds, int toSeconds) {
        long seconds = (long) toSeconds - fromSeconds;
        return new UsageRecord(
                hex(),
                UsageRecord.Subject.TASK,
                cluster,
                group,
                provider,
                new InstanceId("a".repeat(32)),
                null,
                NOW.plusSeconds(fromSeconds),
                NOW.plusSeconds(toSeconds),
                NOW.plusSeconds(toSeconds),
                1,
                new UsageAmounts(seconds, 256 * seconds, 512 * seconds, 0, provider == null ? 0 : 3 * seconds + 1));
    }

    private static Keeping keeping(Duration time, long maxRows) {
        return new Keeping(time, maxRows, time, maxRows);
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
