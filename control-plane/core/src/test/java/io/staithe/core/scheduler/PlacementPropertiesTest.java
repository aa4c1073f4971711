package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.Resources;
import io.staithe.core.query.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every run of placements, told from what was placed alone and not from what the fleet keeps. */
class PlacementPropertiesTest {
    private static final int TASKS = 40;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    /** The tasks on a host, as the test has placed them. */
    private static final class Ledger {
        private Resources left;
        private final Set<HostPort> ports = new HashSet<>();
        private final Set<String> groups = new HashSet<>();

        private Ledger(ContainerInstance host) {
            left = host.registered();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noHostIsOvercommittedAndConstraintsHold(long seed) {
        Sample sample = new Sample(seed);
        World world = new World();
        hosts(sample, world);
        Fleet fleet = Fleet.of(world.state(), World.CLUSTER);
        RandomCluster cluster = new RandomCluster(world, sample);
        Map<InstanceId, Ledger> ledgers = new HashMap<>();
        for (int i = 0; i < TASKS; i++) {
            Demand demand = cluster.demand();
            if (!(Scheduler.place(demand, sample.number(), fleet) instanceof Placement.On on)) continue;
            Host host = on.host();
            Ledger ledger = ledgers.computeIfAbsent(host.instance().id(), id -> new Ledger(host.instance()));
            ledger.left = ledger.left.minus(demand.need());
            assertTrue(ledger.left.cpu() >= 0 && ledger.left.memory() >= 0, () -> "over-committed: " + ledger.left);
            for (HostPort port : demand.ports()) assertTrue(ledger.ports.add(port), () -> port + " is taken twice");
            for (PlacementConstraint constraint : demand.constraints())
                assertTrue(
                        constraint.isMemberOf()
                                ? Expression.parse(constraint.expression()).holds(host)
                                : !ledger.groups.contains(demand.group()),
                        constraint::toString);
            ledger.groups.add(demand.group());
            fleet.take(on);
        }
        assertTrue(ledgers.size() > 1, "next to nothing was placed");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderInWhichHostsCameDoesNotMatter(long seed) {
        Sample sample = new Sample(seed);
        World world = new World();
        List<ContainerInstance> hosts = hosts(sample, world);
        World other = new World();
        Collections.shuffle(hosts, new Random(seed));
        for (ContainerInstance host : hosts) {
            other.put(host);
            other.connects(host);
        }
        RandomCluster cluster = new RandomCluster(world, sample);
        List<Demand> demands = Stream.generate(cluster::demand).limit(TASKS).toList();
        Fleet sortedByAll = Fleet.of(other.state(), World.CLUSTER);
        demands.forEach(sortedByAll::ask);
        assertEquals(placements(demands, Fleet.of(world.state(), World.CLUSTER)), placements(demands, sortedByAll));
    }

    private static List<String> placements(List<Demand> demands, Fleet fleet) {
        List<String> placements = new ArrayList<>();
        for (int i = 0; i < demands.size(); i++) {
            Placement placement = Scheduler.place(demands.get(i), Chance.mix(i), fleet);
            placements.add(placement.why().summary());
            if (placement instanceof Placement.On on) {
                placements.set(i, on.host().instance().hostName() + ": " + placements.get(i));
                fleet.take(on);
            }
        }
        return placements;
    }

    private static List<ContainerInstance> hosts(Sample sample, World world) {
        List<ContainerInstance> hosts = new ArrayList<>();
        for (int number = sample.between(3, 20); number > 0; number--)
            hosts.add(world.host(
                    "host" + number,
                    sample.between(2, 5) * 512,
                    sample.between(2, 5) * 512,
                    new Attribute("disk", sample.pick("ssd", "hdd")),
                    new Attribute("rack", sample.pick("r1", "r2", "r3")),
                    new Attribute(Attribute.AVAILABILITY_ZONE, sample.pick("a", "b", "c"))));
        return hosts;
    }
}
