package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerInstance.Status;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Daemon services, whatever happens to their hosts. */
class DaemonServiceSeedsTest {
    private final World world = new World();
    private final TaskDefinition logs = world.definition("logs", 1, 128);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappensEachHostThatQualifiesEndsWithOneTask(long seed) {
        Sample sample = new Sample(seed);
        for (int i = 0; i < 4; i++) aHost(sample, "host" + i);
        world.daemon("logs", constrained("attribute:disk == ssd"), configuration(sample));
        world.daemon(
                "metrics", ServiceRevision.of(world.definition("metrics", 1, 64).id()), configuration(sample));
        world.service("web", world.definition("web", 1, 128), 4);
        for (int step = 0; step < 25; step++) {
            something(sample, step);
            world.settle();
            assertOnePerHost();
            if (sample.chance(0.5)) world.converge();
            assertOnePerHost();
            world.pass(Duration.ofSeconds(sample.upTo(40)));
        }
        for (ContainerInstance host : all()) {
            if (host.status() == Status.DRAINING)
                world.put(host.but().status(Status.ACTIVE).build());
            world.connects(host);
        }
        nothingHinders();
        for (int i = 0; i < 12; i++) world.rest().pass(Duration.ofMinutes(1));
        Set<InstanceId> ssd = all().stream()
                .filter(host -> host.attribute("disk").filter("ssd"::equals).isPresent())
                .map(ContainerInstance::id)
                .collect(Collectors.toSet());
        assertEquals(ssd, hostsOf("logs"));
        assertEquals(all().stream().map(ContainerInstance::id).collect(Collectors.toSet()), hostsOf("metrics"));
        for (String name : List.of("logs", "metrics")) {
            assertTrue(primary(name).steady(), name);
            assertEquals(world.running(name).size(), primary(name).desiredCount());
            assertTrue(world.running(name).stream()
                    .allMatch(task -> world.service(name).deployment().equals(task.deployment())));
        }
    }

    /** A host that is full when it begins to qualify has no room; a minimum may allow no step with few hosts. */
    private void nothingHinders() {
        world.put(world.service("web").but().desiredCount(0).build());
        for (String name : List.of("logs", "metrics"))
            world.put(world.service(name)
                    .but()
                    .deploymentConfiguration(DeploymentConfiguration.of(0, 100))
                    .build());
    }

    private void something(Sample sample, int step) {
        String daemon = sample.pick("logs", "metrics");
        ContainerInstance host = sample.pick(all());
        switch (sample.upTo(9)) {
            case 0 -> aHost(sample, "joins" + step);
            case 1 -> world.put(host.but().status(Status.DRAINING).build());
            case 2 -> {
                if (host.status() == Status.DRAINING)
                    world.put(host.but().status(Status.ACTIVE).build());
            }
            case 3 -> world.disconnects(host);
            case 4 -> world.connects(host);
            case 5 -> world.deploy(daemon, world.definition(daemon, step + 2, sample.pick(64, 128)));
            case 6 ->
                world.put(host.but()
                        .attributes(List.of(new Attribute("disk", sample.pick("ssd", "hdd"))))
                        .build());
            case 7 ->
                world.put(
                        world.service("web").but().desiredCount(sample.upTo(20)).build());
            default -> world.running(daemon).stream().findFirst().ifPresent(task -> world.dies(task.id()));
        }
    }

    private void assertOnePerHost() {
        for (String name : List.of("logs", "metrics")) {
            Set<InstanceId> seen = new HashSet<>();
            world.state()
                    .tasksOf(world.service(name).id())
                    .filter(task -> !task.isStopped())
                    .forEach(task -> assertTrue(seen.add(Objects.requireNonNull(task.instance())), name + " twice"));
        }
        for (Task task : world.active("logs")) {
            ContainerInstance host = world.host(Objects.requireNonNull(task.instance()));
            if (host.status() == Status.ACTIVE)
                assertEquals("ssd", host.attribute("disk").orElse(""), "a host that does not qualify");
        }
        for (ContainerInstance host : all()) {
            int reserved = world.state()
                    .tasksOn(host.id())
                    .filter(Task::holdsResources)
                    .mapToInt(task -> task.reserved().memory())
                    .sum();
            assertTrue(reserved <= host.registered().memory(), "over-committed");
        }
    }

    private void aHost(Sample sample, String name) {
        world.host(name, 1024, 512, new Attribute("disk", sample.pick("ssd", "hdd")));
    }

    private static DeploymentConfiguration configuration(Sample sample) {
        return DeploymentConfiguration.of(sample.pick(0, 0, 50, 75), 100);
    }

    private ServiceRevision constrained(String expression) {
        return ServiceRevision.of(logs.id())
                .but()
                .placementConstraints(List.of(new PlacementConstraint("memberOf", expression)))
                .build();
    }

    private List<ContainerInstance> all() {
        return world.state().instancesOf(World.CLUSTER).toList();
    }

    private Deployment primary(String service) {
        return world.state().deployment(world.service(service).deployment()).orElseThrow();
    }

    private Set<InstanceId> hostsOf(String service) {
        return world.running(service).stream()
                .map(task -> Objects.requireNonNull(task.instance()))
                .collect(Collectors.toSet());
    }
}
