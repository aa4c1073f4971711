package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestFile;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Daemon services in files, in previews and in explanations. */
final class DaemonDeclarationTest {
    private static final String LOGS = """
            serviceName: logs
            schedulingStrategy: DAEMON
            taskDefinition: web
            """;

    private final EcsFixture ecs =
            new EcsFixture().withDefinition("web").withHost("a", "h1").withHost("b", "h2");
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    private ApplyResult apply(String yaml, boolean plan) {
        return api.apply(List.of(ManifestFile.of("a.yaml", yaml)), plan, null, EcsFixture.CALLER);
    }

    private String refused(String yaml) {
        return assertThrows(ManifestsRefused.class, () -> apply(yaml, false))
                .errors()
                .get(0)
                .toString();
    }

    @Test
    void aPreviewShowsATaskOnEachHost() {
        assertEquals(
                "[h1, h2]",
                apply(LOGS, true).tasks().start().stream()
                        .map(ApplyResult.Start::host)
                        .sorted()
                        .collect(Collectors.toList())
                        .toString());
    }

    @Test
    void theSameFileTwiceChangesNothing() {
        assertEquals("create", apply(LOGS, false).changes().get(0).action());
        ecs.settle();
        assertEquals("unchanged", apply(LOGS, false).changes().get(0).action());
        Service logs = ecs.state().service(new ServiceId("default", "logs")).orElseThrow();
        assertEquals(Service.SchedulingStrategy.DAEMON, logs.schedulingStrategy());
    }

    @Test
    void whatDescribeShowsCanBeApplied() {
        apply(LOGS, false);
        ecs.settle();
        String shown = LOGS + "serviceArn: " + EcsFixture.ARN + "service/default/logs\ndesiredCount: 2\n";
        assertEquals("unchanged", apply(shown, false).changes().get(0).action());
        String asked = refused(LOGS + "desiredCount: 2\n");
        assertTrue(asked.contains("does not support a desired count"), asked);
    }

    @Test
    void aReplicaServiceDoesNotBecomeADaemon() {
        apply("{serviceName: logs, taskDefinition: web, desiredCount: 3}", false);
        String refused = refused(LOGS);
        assertTrue(refused.contains("cannot be changed; delete the service first"), refused);
    }

    @Test
    void anExplanationNamesTheHostsWithoutATaskAndWhy() {
        apply(LOGS, false);
        ecs.settle();
        Explanation before = api.explain("service", null, "logs", EcsFixture.CALLER);
        assertTrue(
                before.lines().contains("It wants 2 tasks of web:1, one on each host that qualifies."),
                before.lines().toString());
        ecs.put(EcsFixture.host("c", "h3")
                .but()
                .status(ContainerInstance.Status.DRAINING)
                .build());
        Explanation after = api.explain("service", null, "logs", EcsFixture.CALLER);
        assertTrue(
                after.lines().contains("No task on host h3: is draining."),
                after.lines().toString());
    }
}
