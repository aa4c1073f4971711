package io.staithe.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Fetched;
import io.staithe.core.GivenDefinition;
import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersionConsistencyTest {
    private final World world = new World();
    private final ContainerInstance host = world.host("host", 4096, 4096);

    /** 1, 2, ... are digests. What is settled stays; what is fetched may then be other. */
    @ParameterizedTest(name = "{0} ({1}): settled {2}, fetched {3}")
    @CsvSource({
        // image, versionConsistency, settled before, fetched, settled after, runs, consistent
        "app:1,  ,         ,  ,  ,  app:1,   true",
        "app:1,  ,         ,  1, 1, app:1@1, true",
        "app:1,  enabled,  ,  1, 1, app:1@1, true",
        "app,    ,         ,  1, 1, app@1,   true",
        "app:1,  ,         1, ,  1, app:1@1, true",
        "app:1,  ,         1, 1, 1, app:1@1, true",
        "app:1,  ,         1, 2, 1, app:1@1, false",
        "app:1,  disabled, ,  1, ,  app:1,   true",
        "app:1,  disabled, ,  2, ,  app:1,   true",
        "app@1,  ,         ,  1, ,  app@1,   true",
        "app:1,  ,         ,  0, ,  app:1,   true",
    })
    void theFirstDigestHoldsForAll(
            String image,
            @Nullable String consistency,
            @Nullable Integer settled,
            @Nullable Integer fetched,
            @Nullable Integer after,
            String runs,
            boolean consistent) {
        TaskDefinition definition = definition(named(image), consistency);
        Map<String, String> before = settled == null ? Map.of() : Map.of("app", Fetched.digest(settled));
        Task task = task(definition, before);
        // What no registry could be asked for is never settled on, and nobody waits for it.
        String digest = fetched == null ? null : fetched == 0 ? "none of the kind" : Fetched.digest(fetched);
        TaskReport report = Fetched.report(world, task, ContainerReport.State.RUNNING, digest);

        Map<String, String> now = VersionConsistency.settle(definition, before, List.of(report));
        assertEquals(after == null ? Map.of() : Map.of("app", Fetched.digest(after)), now);
        assertEquals(
                named(runs),
                VersionConsistency.pinned(definition, now)
                        .containerDefinitions()
                        .get(0)
                        .image());
        settles(task, now);
        assertEquals(consistent, VersionConsistency.isSettled(world.state(), task, report));
        assertEquals(
                consistent,
                VersionConsistency.deviation(world.state(), task, report).isEmpty());
    }

    @Test
    void whoHasFetchedSomethingWaitsUntilItIsSettled() {
        TaskDefinition definition = definition("app:1", null);
        Task task = task(definition, Map.of());
        TaskReport report = Fetched.report(world, task, ContainerReport.State.RUNNING, Fetched.digest(1));
        assertFalse(VersionConsistency.isSettled(world.state(), task, report));
        assertTrue(VersionConsistency.deviation(world.state(), task, report).isEmpty());
        assertTrue(VersionConsistency.isOpen(definition, Map.of()));
        settles(task, Map.of("app", Fetched.digest(1)));
        assertTrue(VersionConsistency.isSettled(world.state(), task, report));
        assertFalse(VersionConsistency.isOpen(definition, Map.of("app", Fetched.digest(1))));
    }

    @Test
    void whoComesFirstDecides() {
        TaskDefinition definition = definition("app:1", null);
        Task task = task(definition, Map.of());
        List<TaskReport> reports = List.of(
                Fetched.report(world, task, ContainerReport.State.PENDING, null),
                Fetched.report(world, task, ContainerReport.State.PENDING, Fetched.digest(2)),
                Fetched.report(world, task, ContainerReport.State.PENDING, Fetched.digest(1)));
        assertEquals(Map.of("app", Fetched.digest(2)), VersionConsistency.settle(definition, Map.of(), reports));
    }

    @Test
    void aTaskOfItsOwnIsBoundToNothing() {
        TaskDefinition definition = definition("app:1", null);
        Task task =
                GivenTask.task(7).of(definition).on(host, LastStatus.PENDING).build();
        TaskReport report = Fetched.report(world, task, ContainerReport.State.RUNNING, Fetched.digest(1));
        assertEquals(Map.of(), VersionConsistency.settledFor(world.state(), task));
        assertTrue(VersionConsistency.isSettled(world.state(), task, report));
        assertEquals(Optional.empty(), VersionConsistency.deviation(world.state(), task, report));
    }

    private static String named(String image) {
        int at = image.indexOf('@');
        return at < 0 ? image : image.substring(0, at + 1) + Fetched.digest(Integer.parseInt(image.substring(at + 1)));
    }

    private TaskDefinition definition(String image, @Nullable String consistency) {
        ContainerDefinition container = ContainerDefinition.of("app", image);
        TaskDefinition definition = GivenDefinition.definition("web", 1)
                .container(
                        consistency == null
                                ? container
                                : container
                                        .but()
                                        .versionConsistency(consistency)
                                        .build())
                .build();
        world.put(definition);
        return definition;
    }

    /** A task of a deployment that is not looked after: nobody settles anything but the test. */
    private Task task(TaskDefinition definition, Map<String, String> settled) {
        ServiceRevision revision =
                ServiceRevision.of(definition.id()).but().imageDigests(settled).build();
        Service service = Service.of(
                new ServiceId(World.CLUSTER, "web"), "inc", 1, revision, world.nextDeployment(), Sample.START);
        world.put(Deployment.of(service, Sample.START));
        return GivenTask.task(1).of(service, 0).on(host, LastStatus.PENDING).build();
    }

    private void settles(Task task, Map<String, String> digests) {
        Deployment deployment = Optional.ofNullable(task.deployment())
                .flatMap(world.state()::deployment)
                .orElseThrow();
        world.put(deployment
                .but()
                .revision(deployment.revision().but().imageDigests(digests).build())
                .build());
    }
}
