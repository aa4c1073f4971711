package io.staithe.e2e;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** What users do to a service on purpose costs no request. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class ServiceTest {
    private static final Duration SETTLES = Duration.ofMinutes(1);

    private final RunningSystem system = RunningSystem.get();

    @Test
    void isPlannedAppliedAndDeleted() {
        EcsClient ecs = system.ecs();
        WebService web = new WebService("applied");
        String plan = web.apply(WebService.IMAGE, 3, "--plan");
        assertTrue(plan.contains("nothing was changed") && plan.contains("Service default/applied"), plan);
        assertTrue(plan.matches("(?s).*Revision \\d+: apply with --revision \\d+ .*"), plan);
        assertTrue(
                ecs.listServices().serviceArns().stream().noneMatch(arn -> arn.endsWith("/applied")),
                "a plan made a service");

        web.running(3);
        Set<String> hosts = web.tasks().stream().map(Task::containerInstanceArn).collect(toSet());
        assertEquals(RunningSystem.HOSTS, hosts.size(), "tasks are not spread");

        Service before = web.described();
        String again = web.apply(WebService.IMAGE, 3);
        assertTrue(again.contains("0 created, 0 updated"), again);
        assertEquals(before.taskDefinition(), web.described().taskDefinition());
        assertEquals(
                before.deployments().get(0).id(),
                web.described().deployments().get(0).id());

        web.close();
        assertEquals(
                "INACTIVE",
                ecs.describeServices(r -> r.services("applied"))
                        .services()
                        .get(0)
                        .status());
        assertFalse(system.staithe("get", "target-groups").contains("applied"));
        Await.until("closed port", SETTLES, () -> refuses(web.port));
        ecs.close();
    }

    private static boolean refuses(int port) {
        return assertThrows(IOException.class, () -> Http.get(port))
                .getMessage()
                .contains("refused");
    }

    @Test
    void isScaledUpAndDown() {
        try (WebService web = new WebService("scaled").running(2)) {
            Load.withoutLoss(web.port, () -> {
                system.staithe("scale", "scaled", "5", "--wait", "--timeout", "60s");
                web.awaitServing(5);
                system.staithe("scale", "scaled", "1", "--wait", "--timeout", "60s");
                web.awaitServing(1);
            });
        }
    }

    @Test
    void isRolledToAnotherImage(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), "FROM " + WebService.IMAGE + "\nENV NAME=second\n");
        system.docker("build", "-q", "-t", "staithe/hello:second", folder.toString());
        try (WebService web = new WebService("rolled").running(3)) {
            Set<String> old = web.containers();
            Load.withoutLoss(web.port, () -> {
                web.apply("staithe/hello:second", 3);
                system.aws("ecs", "wait", "services-stable", "--services", "rolled")
                        .succeeded();
                web.awaitServing(3);
            });
            assertTrue(Http.get(web.port).startsWith("Hello from second"));
            assertTrue(web.containersOfEngine().stream().noneMatch(old::contains), "an old container is left");
        }
    }

    @Test
    void leavesAHostThatDrains() {
        try (WebService web = new WebService("drained").running(3)) {
            String host = web.tasks().get(0).containerInstanceArn();
            String hostName = system.hostName(host);
            Load.withoutLoss(web.port, () -> {
                system.staithe("drain", hostName, "--wait", "--timeout", "60s");
                web.awaitServing(3);
            });
            assertEquals(0, web.tasksOn(host).size());

            system.staithe("drain", hostName, "--undo");
            web.apply(WebService.IMAGE, 5, "--wait", "--timeout", "60s");
            assertTrue(!web.tasksOn(host).isEmpty(), "a host that is back gets no tasks");
        } finally {
            for (int n = 1; n <= RunningSystem.HOSTS; n++) system.staithe("drain", "host" + n, "--undo");
        }
    }
}
