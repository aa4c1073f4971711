package io.staithe.core.lifecycle;

import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.Kind;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a task stops for: every row of the table in docs/health.md. */
enum StopPath {
    DEPLOYMENT(scene -> {
        scene.web();
        scene.world.deploy("web", scene.second);
    }),
    DEPLOYMENT_THAT_STOPS_FIRST(scene -> {
        scene.web(50, 100);
        scene.world.deploy("web", scene.second);
    }),
    DEPLOYMENT_IN_STAGES(scene -> {
        scene.blueGreen();
        scene.world.deploy("web", scene.second);
    }),
    DEPLOYMENT_OF_DAEMONS(scene -> {
        scene.daemon();
        scene.world.deploy("web", scene.second);
    }),
    SCALE_IN(scene -> scene.world.put(scene.web().but().desiredCount(1).build())),
    DELETED_SERVICE(scene ->
            scene.world.put(scene.web().but().status(Service.Status.DRAINING).build())),
    STOP_TASK(scene -> {
        scene.web();
        scene.world.put(scene.task()
                .but()
                .stop(StopCode.UserInitiated, "as asked", scene.world.now)
                .build());
    }),
    DRAINED_HOST(scene -> {
        scene.web();
        drain(scene.world, scene.world.host(scene.task().instance()), null);
    }),
    /** An interruption notice: nowhere is room, and the time is up. */
    DRAIN_DEADLINE(scene -> {
        scene.web();
        for (ContainerInstance host :
                scene.world.state().all(Kind.INSTANCE, ContainerInstance.class).toList())
            if (!host.edge()) drain(scene.world, host, Duration.ofSeconds(30));
    }),
    REBALANCING(scene -> {
        Service web = scene.web();
        scene.world.put(web.but().availabilityZoneRebalancing("ENABLED").build());
        scene.world.host("far", 1024, 1024, new Attribute(Attribute.AVAILABILITY_ZONE, "b"));
        scene.world.pass(Duration.ofMinutes(10));
    }),
    HIGHER_PRIORITY(scene -> {
        scene.web();
        TaskDefinition large = scene.world.definition("urgent", 1, 900);
        Service urgent =
                scene.world.service("urgent", ServiceRevision.of(large.id()), 2, DeploymentConfiguration.DEFAULT);
        scene.world.put(urgent.but()
                .placementPolicy(new PlacementPolicy(10, List.of(), List.of(), false, 0, null))
                .build());
    }),
    FAILED_CHECK(scene -> {
        scene.web();
        scene.world.report(scene.task(), ContainerReport.State.RUNNING, HealthStatus.UNHEALTHY, null);
    });

    private final Consumer<StopScene> how;

    StopPath(Consumer<StopScene> how) {
        this.how = how;
    }

    void take(StopScene scene) {
        how.accept(scene);
    }

    private static void drain(World world, ContainerInstance host, @Nullable Duration within) {
        world.put(host.but()
                .status(ContainerInstance.Status.DRAINING)
                .drainDeadline(within == null ? null : world.now.plus(within))
                .build());
    }
}
