package io.staithe.core.scheduler;

import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementPolicy.Preference;
import io.staithe.core.model.PlacementPolicy.Skew;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Hosts that come, change and go, tasks that start and end on them, and demands for more: all from a seed. */
final class RandomCluster {
    private final World world;
    private final Sample sample;
    private final List<ContainerInstance> hosts = new ArrayList<>();
    private final List<Task> running = new ArrayList<>();

    RandomCluster(World world, Sample sample) {
        this.world = world;
        this.sample = sample;
    }

    /** @param number for what is made: none twice */
    void change(int number) {
        if (hosts.size() < 3 || sample.chance(0.2)) {
            hosts.add(world.host(
                    "host" + number,
                    sample.between(1, 8) * 512,
                    sample.between(1, 8) * 512,
                    new Attribute("disk", sample.pick("ssd", "hdd")),
                    new Attribute("rack", sample.pick("r1", "r2", "r3")),
                    new Attribute(Attribute.AVAILABILITY_ZONE, sample.pick("a", "b", "c"))));
        } else if (sample.chance(0.1)) {
            world.put(sample.pick(hosts)
                    .but()
                    .status(sample.pick(ContainerInstance.Status.values()))
                    .build());
        } else if (sample.chance(0.1)) {
            world.disconnects(sample.pick(hosts));
        } else if (!running.isEmpty() && sample.chance(0.4)) {
            Task task = running.remove(sample.upTo(running.size()));
            world.put(task.but().stoppedAt(world.now).build());
        } else {
            Task task = GivenTask.task(number)
                    .group("service:" + sample.upTo(3))
                    .needs(sample.upTo(4) * 128, sample.upTo(4) * 128, 0)
                    .on(sample.pick(hosts), LastStatus.RUNNING)
                    .build();
            running.add(task);
            world.put(task);
        }
    }

    /** Of one of three task groups, with anything that a task can ask for. */
    Demand demand() {
        List<PlacementConstraint> constraints = new ArrayList<>();
        if (sample.chance(0.3)) constraints.add(new PlacementConstraint("distinctInstance", null));
        if (sample.chance(0.3))
            constraints.add(new PlacementConstraint("memberOf", "attribute:disk == " + sample.pick("ssd", "hdd")));
        List<PlacementStrategy> strategies = new ArrayList<>();
        for (int i = sample.upTo(4); i > 0; i--)
            strategies.add(sample.pick(
                    new PlacementStrategy("spread", "instanceId"),
                    new PlacementStrategy("spread", "attribute:rack"),
                    new PlacementStrategy("spread", "attribute:" + Attribute.AVAILABILITY_ZONE),
                    new PlacementStrategy("binpack", "memory"),
                    new PlacementStrategy("binpack", "cpu"),
                    new PlacementStrategy("random", null)));
        return new Demand(
                "service:" + sample.upTo(3),
                null,
                new Resources(sample.upTo(8) * 128, sample.upTo(8) * 128, 0),
                sample.chance(0.2) ? Set.of(new HostPort("tcp", 80 + sample.upTo(2))) : Set.of(),
                constraints,
                strategies,
                preferences(),
                limits(),
                null);
    }

    private List<Preference> preferences() {
        List<Preference> preferences = new ArrayList<>();
        for (int i = sample.chance(0.5) ? 0 : sample.upTo(4); i > 0; i--)
            preferences.add(new Preference(
                    sample.pick(
                            "attribute:disk == ssd",
                            "attribute:rack in [r1, r2]",
                            "task:group == service:1",
                            "attribute:disk == hdd and runningTasksCount < 2"),
                    sample.pick(1, 10, 20)));
        return preferences;
    }

    private List<Skew> limits() {
        List<Skew> limits = new ArrayList<>();
        for (int i = sample.chance(0.5) ? 0 : sample.upTo(3); i > 0; i--)
            limits.add(new Skew(
                    sample.pick("instanceId", "attribute:rack", "attribute:" + Attribute.AVAILABILITY_ZONE),
                    sample.between(1, 2)));
        return limits;
    }
}
