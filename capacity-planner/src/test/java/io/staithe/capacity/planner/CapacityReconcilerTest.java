package io.staithe.capacity.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.capacity.provider.ProviderException;
import io.staithe.core.World;
import io.staithe.core.capacity.GivenHost;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityStatus.Hindrance;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostType;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CapacityReconcilerTest {
    private final Provisioned given = new Provisioned();
    private final World world = given.world;
    private final TaskDefinition web = given.definition("web", 512, 1024);

    @Test
    void eachTaskGetsADedicatedHostOfItsSizeThatGoesWithIt() {
        world.put(GivenHost.fargate(HostGroup.Isolation.DEDICATED));
        given.service("web", web, 3);
        given.converge();
        assertEquals(3, world.running("web").size());
        assertEquals(3, given.hosts().size());
        given.hosts().forEach(host -> assertEquals(new Resources(512, 1024, 0), host.offered()));
        assertEquals(3, instancesOfTasks().size());
        given.scale("web", 0);
        given.pass(Duration.ofSeconds(5));
        assertEquals(List.of(), given.hosts());
        assertEquals(List.of(), given.provider.running());
        assertEquals(3, given.provider.starts());
    }

    @Test
    void tasksShareHostsThatTogetherCostLeast() {
        world.put(GivenHost.fargate(
                HostGroup.Isolation.PACKED, GivenHost.small(), GivenHost.type("large", 4096, 8192, 130_000)));
        given.service("web", web, 8);
        given.converge();
        assertEquals(8, world.running("web").size());
        assertEquals(List.of("large"), types());
        given.scale("web", 0);
        given.pass(Duration.ofSeconds(29));
        assertEquals(1, given.hosts().size());
        given.pass(Duration.ofSeconds(5));
        assertEquals(List.of(), given.hosts());
    }

    @Test
    void servicesAreSplitOverProvidersByBaseAndWeight() {
        world.put(GivenHost.fargate(HostGroup.Isolation.PACKED, GivenHost.small()));
        given.service("web", web, 8, "FARGATE:1:2", "FARGATE_SPOT:2:0");
        given.converge();
        assertEquals(8, world.running("web").size());
        assertEquals(4, countOf("FARGATE"));
        assertEquals(4, countOf("FARGATE_SPOT"));
        assertTrue(given.hosts().stream().anyMatch(ProvisionedHost::spot));
        assertEquals(
                Set.of(13_333L),
                given.hosts().stream()
                        .filter(ProvisionedHost::spot)
                        .map(ProvisionedHost::microsPerHour)
                        .collect(Collectors.toSet()));
    }

    @Test
    void aGroupKeepsItsLeastHostsAndSpareOnes() {
        group(1, 50, GivenHost.small());
        given.converge();
        assertEquals(1, given.hosts().size());
        given.service("web", web, 4, "pool:1:0");
        given.converge();
        assertEquals(4, world.running("web").size());
        assertEquals(2 * instancesOfTasks().size(), given.hosts().size());
        given.scale("web", 0);
        given.pass(Duration.ofSeconds(40));
        assertEquals(1, given.hosts().size());
    }

    @Test
    void manyTasksOfSeveralProvidersGetTheirHostsInSeveralPlans() {
        world.put(GivenHost.group("fargate", null, HostGroup.Isolation.DEDICATED, 0, 200, null));
        given.service("web", web, 100, "FARGATE:1:0", "FARGATE_SPOT:1:0");
        given.converge();
        assertEquals(100, world.running("web").size());
        assertEquals(100, given.provider.starts());
    }

    @Test
    void noMoreHostsOfATypeAreBoughtThanThereMayBe() {
        HostType few = GivenHost.small();
        world.put(GivenHost.fargate(
                HostGroup.Isolation.PACKED,
                new HostType(
                        few.name(),
                        few.size(),
                        few.overhead(),
                        few.architecture(),
                        List.of(),
                        few.microsPerHour(),
                        null,
                        10,
                        2),
                GivenHost.type("dear", 1024, 2048, 90_000)));
        given.service("web", web, 4);
        given.converge();
        given.scale("web", 8);
        given.converge();
        assertEquals(8, world.running("web").size());
        assertEquals(2, types().stream().filter(few.name()::equals).count());
    }

    @Test
    void aTaskLargerThanAnyTypeSaysSo() {
        world.put(GivenHost.fargate(HostGroup.Isolation.PACKED, GivenHost.small()));
        given.service("huge", given.definition("huge", 2048, 4096), 1);
        given.converge();
        Hindrance why = hindrance();
        assertEquals("NO_HOST_TYPE", why.code());
        assertTrue(why.message().contains("needs 2048 CPU units, the largest host type has 1024"), why.message());
        assertEquals(
                List.of("(service huge) was unable to place a task. Reason: " + why.message() + "."),
                world.messages().stream()
                        .filter(message -> message.contains("unable to place"))
                        .toList());
        assertEquals(0, given.provider.starts());
    }

    @Test
    void aGroupHasNoMoreHostsThanItMay() {
        world.put(GivenHost.group("fargate", null, HostGroup.Isolation.DEDICATED, 0, 2, null));
        given.service("web", web, 5);
        given.converge();
        assertEquals(2, given.hosts().size());
        assertEquals("MAX_HOSTS", hindrance().code());
        assertEquals(3, hindrance().tasks());
        given.scale("web", 2);
        given.pass(Duration.ofSeconds(2));
        assertTrue(world.state().capacityStatus(World.CLUSTER).hindrances().isEmpty());
    }

    @Test
    void aGroupCostsNoMoreThanItMay() {
        world.put(GivenHost.group("fargate", null, HostGroup.Isolation.PACKED, 0, 100, 90_000L, GivenHost.small()));
        given.service("web", web, 8);
        given.converge();
        assertEquals(2, given.hosts().size());
        assertEquals("BUDGET", hindrance().code());
        assertTrue(hindrance().message().endsWith("$0.09 an hour"), hindrance().message());
    }

    @Test
    void aHostThatNeverJoinsIsReplacedLaterAndLater() {
        world.put(GivenHost.fargate(HostGroup.Isolation.DEDICATED));
        given.hostsJoin(false);
        given.service("web", web, 1);
        given.converge();
        given.pass(Duration.ofSeconds(61));
        assertEquals("HOSTS_FAIL", hindrance().code());
        assertTrue(
                hindrance().message().contains("did not join in time"),
                hindrance().message());
        assertEquals(1, given.provider.starts());
        given.pass(Duration.ofSeconds(10));
        assertEquals(2, given.provider.starts());
        given.pass(Duration.ofMinutes(10));
        assertTrue(given.provider.starts() < 8, "a storm of " + given.provider.starts());
        assertTrue(given.provider.running().size() <= 1, "leaked " + given.provider.running());
        given.hostsJoin(true);
        given.pass(Duration.ofMinutes(6));
        assertEquals(1, world.running("web").size());
    }

    @Test
    void nothingIsBoughtTwiceWhenAnswersAreLost() {
        world.put(GivenHost.fargate(HostGroup.Isolation.DEDICATED));
        given.provider.loseAnswers(true);
        given.service("web", web, 3);
        given.pass(Duration.ofSeconds(20));
        given.provider.loseAnswers(false);
        given.pass(Duration.ofMinutes(3));
        assertEquals(3, world.running("web").size());
        assertEquals(3, given.provider.starts());
    }

    @Test
    void aProviderThatDoesNotLetUsInIsLeftAloneAndSaidSo() {
        world.put(GivenHost.fargate(HostGroup.Isolation.DEDICATED));
        given.provider.refuse(ProviderException.Kind.CREDENTIALS);
        given.service("web", web, 1);
        given.pass(Duration.ofSeconds(61));
        ProvisionedHost failed =
                world.state().provisionedFor(World.CLUSTER).findFirst().orElseThrow();
        assertEquals("it could not be had in time: refused by the test", failed.endReason());
    }

    @Test
    void hostsThatNobodyKnowsAreEnded() {
        world.put(GivenHost.fargate(HostGroup.Isolation.DEDICATED));
        InstanceId stray = GivenHost.ID;
        given.provider.plant(stray, "fargate");
        given.pass(Duration.ofMinutes(1));
        assertEquals(List.of(stray), given.provider.running());
        given.pass(Duration.ofMinutes(3));
        assertEquals(List.of(), given.provider.running());
    }

    @Test
    void aHostThatGoesOnRunningIsEndedAgain() {
        world.put(GivenHost.fargate(HostGroup.Isolation.DEDICATED));
        given.service("web", web, 1);
        given.converge();
        given.provider.overlookEnds(true);
        given.scale("web", 0);
        given.pass(Duration.ofSeconds(30));
        assertEquals(1, given.provider.running().size());
        given.provider.overlookEnds(false);
        given.pass(Duration.ofSeconds(40));
        assertEquals(List.of(), given.provider.running());
    }

    @Test
    void aHostThatVanishesIsReplaced() {
        world.put(GivenHost.fargate(HostGroup.Isolation.DEDICATED));
        given.service("web", web, 1);
        given.converge();
        InstanceId gone = given.hosts().get(0).id();
        given.provider.vanish(gone);
        given.pass(Duration.ofSeconds(40));
        assertEquals(1, world.running("web").size());
        assertTrue(given.hosts().stream().noneMatch(host -> host.id().equals(gone)));
    }

    @Test
    void warmHostsAreKeptReadyAndReplacedWhenTaken() {
        HostGroup group = GivenHost.fargate(HostGroup.Isolation.DEDICATED);
        world.put(new HostGroup(
                group.name(),
                group.provider(),
                null,
                group.fargate(),
                false,
                List.of(),
                group.unitPrices(),
                0,
                10,
                null,
                60,
                30,
                0,
                null,
                List.of(new HostGroup.Warm(new Resources(512, 1024, 0), 2)),
                group.settings(),
                Instant.EPOCH));
        given.converge();
        Set<InstanceId> warm = ids();
        assertEquals(2, warm.size());
        given.pass(Duration.ofMinutes(2));
        assertEquals(warm, ids());
        given.service("web", web, 1);
        given.converge();
        assertTrue(warm.containsAll(instancesOfTasks()));
        assertEquals(3, given.hosts().size());
    }

    private void group(int min, int target, io.staithe.core.model.HostType type) {
        world.put(GivenHost.group("hosts", min, 20, type));
        world.put(new CapacityProvider(
                "pool", "hosts", new ManagedScaling(true, target, 1, 10, 0), false, true, List.of(), world.now));
    }

    private Hindrance hindrance() {
        return world.state().capacityStatus(World.CLUSTER).hindrances().get(0);
    }

    private List<String> types() {
        return given.hosts().stream().map(ProvisionedHost::type).toList();
    }

    private long countOf(String provider) {
        return world.running("web").stream()
                .filter(task -> provider.equals(task.capacityProvider()))
                .count();
    }

    private Set<InstanceId> ids() {
        return given.hosts().stream().map(ProvisionedHost::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<InstanceId> instancesOfTasks() {
        return world.running("web").stream()
                .map(task -> task.instance())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
