package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerInstance.Status;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Daemon services in a whole control loop. */
class DaemonServiceTest {
    private final World world = new World();
    private final TaskDefinition logs = world.definition("logs", 1, 128);

    @Test
    void runsOnEveryHostAndOnThoseThatJoin() {
        for (int i = 0; i < 3; i++) world.host("host" + i, 1024, 1024);
        world.daemon("logs", logs);
        world.converge();
        assertEquals(3, hostsOf("logs").size());
        assertEquals(3, primary("logs").desiredCount());
        assertEquals(Deployment.RolloutState.COMPLETED, primary("logs").rolloutState());
        world.host("late", 1024, 1024);
        world.converge();
        assertEquals(4, hostsOf("logs").size());
        assertEquals(4, primary("logs").desiredCount());
        assertTrue(primary("logs").steady());
    }

    @Test
    void isFirstOnANewHost() {
        world.daemon("logs", logs);
        world.service("web", world.definition("web", 1, 1000), 1);
        world.converge();
        world.host("host", 1024, 1024);
        world.converge();
        assertEquals(1, world.running("logs").size());
        assertEquals(0, world.running("web").size(), "nothing is left for it");
    }

    @Test
    void isLastOnADrainingHost() {
        ContainerInstance host = world.host("host", 1024, 1024);
        world.daemon("logs", logs);
        world.service("web", logs, 2);
        world.converge();
        world.put(world.host(host.id()).but().status(Status.DRAINING).build());
        world.settle();
        assertEquals(1, world.running("logs").size());
        world.host("other", 1024, 1024);
        world.rest();
        assertEquals(Set.of("other"), names("logs"));
        assertEquals(Set.of("other"), names("web"));
        Task daemon = stopped("logs");
        assertTrue(world.state().tasksOn(host.id()).allMatch(task -> !task.stoppedAt()
                .isAfter(daemon.stoppedAt())));
    }

    @Test
    void roomIsKeptWhileItWaitsAfterCrashes() {
        world.host("host", 1024, 1024);
        world.daemon("logs", logs);
        world.converge();
        for (int death = 0; death < 2; death++) {
            world.dies(world.running("logs").get(0).id());
            world.converge();
        }
        assertEquals(0, world.active("logs").size(), "it waits");
        world.service("web", world.definition("web", 1, 1000), 1);
        world.converge();
        assertEquals(0, world.running("web").size());
        world.pass(Duration.ofSeconds(10)).converge();
        assertEquals(1, world.running("logs").size());
    }

    @Test
    void nothingIsKeptWhereItCouldNeverRun() {
        world.host("host", 1024, 1024);
        world.daemon("logs", world.definition("logs", 2, 2048));
        world.service("web", world.definition("web", 1, 1000), 1);
        world.converge();
        assertEquals(1, world.running("web").size());
    }

    @Test
    void aHostWithoutRoomIsExplainedOnceAndTriedAgain() {
        world.host("host", 1024, 1024);
        world.service("web", world.definition("web", 1, 1000), 1);
        world.converge();
        world.daemon("logs", logs);
        world.converge();
        world.pass(Duration.ofMinutes(1)).converge();
        List<String> said = world.messages().stream()
                .filter(message -> message.contains("was unable to place a task"))
                .toList();
        assertEquals(1, said.size(), said.toString());
        assertTrue(said.get(0).startsWith("(service logs) ") && said.get(0).contains("host"), said.get(0));
        world.put(world.service("web").but().desiredCount(0).build());
        world.converge();
        assertEquals(1, world.running("logs").size());
        assertTrue(primary("logs").rolloutStateReason().contains("completed"));
    }

    @Test
    void aLostHostsTaskIsNotReplacedAndIsThereWhenItReturns() {
        ContainerInstance host = world.host("host", 1024, 1024);
        world.host("other", 1024, 1024);
        world.daemon("logs", logs);
        world.converge();
        Set<TaskId> before = ids("logs");
        world.disconnects(host);
        world.rest();
        world.pass(Duration.ofMinutes(30)).rest();
        assertEquals(Status.LOST, world.host(host.id()).status());
        assertEquals(before, ids("logs"));
        world.connects(host);
        world.converge();
        assertEquals(before, ids("logs"));
        assertEquals(Status.ACTIVE, world.host(host.id()).status());
    }

    @Test
    void aHostThatNeverReturnsIsForgottenWithItsTask() {
        ContainerInstance host = world.host("host", 1024, 1024);
        world.daemon("logs", logs);
        world.converge();
        world.disconnects(host);
        world.rest();
        world.pass(Duration.ofHours(24)).rest();
        assertEquals(0, world.active("logs").size());
        assertTrue(world.state().instance(host.id()).isEmpty());
    }

    @Test
    void aDeploymentGoesOnWithoutALostHostAndReachesItLater() {
        ContainerInstance away = world.host("away", 1024, 1024);
        world.host("here", 1024, 1024);
        world.daemon("logs", logs);
        world.converge();
        world.disconnects(away);
        world.rest();
        world.deploy("logs", world.definition("logs", 2, 128));
        world.rest();
        assertEquals(Set.of("here"), names("logs"));
        assertEquals(Deployment.RolloutState.COMPLETED, primary("logs").rolloutState());
        world.connects(away);
        world.converge();
        assertEquals(Set.of("away", "here"), names("logs"));
        assertTrue(world.running("logs").stream()
                .allMatch(task -> task.taskDefinition().revision() == 2));
    }

    @Test
    void aRollingUpdateStopsFirstAndKeepsTheMinimumServing() {
        for (int i = 0; i < 4; i++) world.host("host" + i, 1024, 1024);
        world.daemon("logs", ServiceRevision.of(logs.id()), DeploymentConfiguration.of(50, 100));
        world.rest();
        world.deploy("logs", world.definition("logs", 2, 128));
        world.settle();
        assertEquals(2, world.active("logs").size());
        world.rest();
        assertEquals(4, hostsOf("logs").size());
        assertTrue(world.running("logs").stream()
                .allMatch(task -> task.taskDefinition().revision() == 2));
    }

    @Test
    void leavesAHostThatNoLongerMeetsTheConstraints() {
        ContainerInstance host = world.host("host", 1024, 1024, new Attribute("disk", "ssd"));
        world.daemon("logs", constrained("attribute:disk == ssd"), DeploymentConfiguration.DEFAULT);
        world.converge();
        assertEquals(1, world.running("logs").size());
        world.put(world.host(host.id())
                .but()
                .attributes(List.of(new Attribute("disk", "hdd")))
                .build());
        world.converge();
        assertEquals(0, world.active("logs").size());
        assertEquals(0, primary("logs").desiredCount());
    }

    @Test
    void twoDaemonsForTheRoomOfOneDoNotKeepEachOtherOut() {
        world.host("host", 1024, 1024);
        world.daemon("one", world.definition("one", 1, 600));
        world.daemon("two", world.definition("two", 1, 600));
        world.converge();
        assertEquals(1, world.running("one").size() + world.running("two").size());
    }

    @Test
    void oneThatIsMadeAgainHasOtherTasks() {
        world.host("host", 1024, 1024);
        world.daemon("logs", logs);
        world.converge();
        TaskId first = world.running("logs").get(0).id();
        world.put(world.service("logs")
                .but()
                .status(io.staithe.core.model.Service.Status.DRAINING)
                .build());
        world.converge();
        assertEquals(0, world.active("logs").size());
        world.daemon("logs", logs);
        world.converge();
        assertNotEquals(first, world.running("logs").get(0).id());
    }

    private ServiceRevision constrained(String expression) {
        return ServiceRevision.of(logs.id())
                .but()
                .placementConstraints(List.of(new PlacementConstraint("memberOf", expression)))
                .build();
    }

    private Deployment primary(String service) {
        return world.state().deployment(world.service(service).deployment()).orElseThrow();
    }

    private Task stopped(String service) {
        return world.state()
                .tasksOf(world.service(service).id())
                .filter(task -> task.lastStatus() == LastStatus.STOPPED)
                .findFirst()
                .orElseThrow();
    }

    private Set<TaskId> ids(String service) {
        return world.running(service).stream().map(Task::id).collect(Collectors.toSet());
    }

    private Set<InstanceId> hostsOf(String service) {
        return world.running(service).stream()
                .map(task -> Objects.requireNonNull(task.instance()))
                .collect(Collectors.toSet());
    }

    private Set<String> names(String service) {
        return hostsOf(service).stream().map(id -> world.host(id).hostName()).collect(Collectors.toSet());
    }
}
