package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.GivenDefinition;
import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.RuntimePlatform;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RulesTest {
    private static final String NOTHING_AGAINST_IT = "-";

    private final World world = new World();
    private final ContainerInstance host = world.host(
            "host", 1024, 2048, new Attribute("disk", "ssd"), new Attribute(Attribute.CPU_ARCHITECTURE, "arm64"));

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, -",
        "DRAINING, INACTIVE: is draining",
        "LOST, INACTIVE: is lost",
        "INACTIVE, INACTIVE: is inactive"
    })
    void onlyAnActiveHostTakesTasks(ContainerInstance.Status status, String verdict) {
        world.put(host.but().status(status).build());
        assertVerdict(verdict, new HostTakesTasks(), GivenTask.task(1).build());
    }

    @Test
    void aHostThatDoesNotAnswerTakesNoTask() {
        Task task = GivenTask.task(1).build();
        world.put(new AgentSession(host.id(), "gateway", 1, world.now, false));
        assertVerdict("AGENT: its agent or Docker does not answer", new HostTakesTasks(), task);
        world.disconnects(host);
        assertVerdict("AGENT: its agent or Docker does not answer", new HostTakesTasks(), task);
        world.connects(host);
        assertVerdict(NOTHING_AGAINST_IT, new HostTakesTasks(), task);
        world.put(host.but().disconnectedSince(world.now).build());
        assertVerdict("AGENT: its agent or Docker does not answer", new HostTakesTasks(), task);
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 2048, 0, -",
        "0, 0, 0, -",
        "1024, 2049, 0, 'RESOURCE:MEMORY: needs 2049 MiB of memory, has 2048 free'",
        "1025, 2048, 0, 'RESOURCE:CPU: needs 1025 CPU units, has 1024 free'",
        "1024, 2048, 1, 'RESOURCE:GPU: needs 1 GPUs, has 0 free'",
        "1025, 2049, 1, 'RESOURCE:MEMORY: needs 2049 MiB of memory, has 2048 free'",
    })
    void whatItReservesHasToFit(int cpu, int memory, int gpus, String verdict) {
        assertVerdict(
                verdict,
                new ResourcesFit(),
                GivenTask.task(1).needs(cpu, memory, gpus).build());
    }

    @ParameterizedTest
    @EnumSource(LastStatus.class)
    void aTaskHoldsItsReservationUntilItHasStopped(LastStatus status) {
        world.put(GivenTask.task(2).needs(1024, 2000, 0).on(host, status).build());
        String verdict = status == LastStatus.STOPPED
                ? NOTHING_AGAINST_IT
                : "RESOURCE:MEMORY: needs 100 MiB of memory, has 48 free";
        assertVerdict(
                verdict, new ResourcesFit(), GivenTask.task(1).needs(0, 100, 0).build());
    }

    @Test
    void whatIsMissingIsSaidAndMeasured() {
        Veto veto = check(
                        new ResourcesFit(), GivenTask.task(1).needs(0, 3000, 0).build(), null)
                .orElseThrow();
        assertEquals(952, veto.shortfall());
    }

    @Test
    void anOvercommittedHostHasNothingFree() {
        world.put(
                GivenTask.task(2).needs(0, 3000, 0).on(host, LastStatus.RUNNING).build());
        assertVerdict(
                "RESOURCE:MEMORY: needs 6 MiB of memory, has 0 free",
                new ResourcesFit(),
                GivenTask.task(1).needs(0, 6, 0).build());
    }

    @Test
    void aFixedHostPortIsTakenOnce() {
        HostPort web = new HostPort("tcp", 80);
        world.put(GivenTask.task(2).ports(web).on(host, LastStatus.STOPPING).build());
        Rule rule = new PortsFree();
        assertVerdict(
                "RESOURCE:PORTS: host port tcp:80 is taken",
                rule,
                GivenTask.task(1).ports(web).build());
        assertVerdict(
                NOTHING_AGAINST_IT,
                rule,
                GivenTask.task(1).ports(new HostPort("udp", 80)).build());
        assertVerdict(
                NOTHING_AGAINST_IT,
                rule,
                GivenTask.task(1).ports(new HostPort("tcp", 81)).build());
        assertVerdict(NOTHING_AGAINST_IT, rule, GivenTask.task(1).build());
    }

    @ParameterizedTest
    @CsvSource({"ARM64, -", "X86_64, 'ATTRIBUTE: needs CPU architecture x86_64, is arm64'", ", -"})
    void thePlatformHasToMatch(@Nullable String architecture, String verdict) {
        TaskDefinition definition = platform(new RuntimePlatform(architecture, "LINUX"));
        assertEquals(
                verdict, text(check(new PlatformMatches(), GivenTask.task(1).build(), definition)));
    }

    @Test
    void aHostThatDoesNotSayWhatItIsDoesNotMatch() {
        World other = new World();
        other.host("unknown", 1024, 1024);
        Demand demand = Demand.of(GivenTask.task(1).build(), platform(new RuntimePlatform("ARM64", null)));
        Host unknown = host(other);
        assertEquals(
                "ATTRIBUTE: needs CPU architecture arm64, is unknown",
                text(new PlatformMatches().check(demand, unknown)));
    }

    @Test
    void withoutAPlatformEveryHostMatches() {
        assertVerdict(
                NOTHING_AGAINST_IT, new PlatformMatches(), GivenTask.task(1).build());
        assertEquals(
                NOTHING_AGAINST_IT,
                text(check(new PlatformMatches(), GivenTask.task(1).build(), platform(null))));
    }

    @Test
    void distinctInstanceWantsNoOtherTaskOfItsGroup() {
        Task task = GivenTask.task(1).constraint("distinctInstance", null).build();
        world.put(GivenTask.task(2)
                .group("family:other")
                .on(host, LastStatus.RUNNING)
                .build());
        assertVerdict(NOTHING_AGAINST_IT, new DistinctInstance(), task);
        world.put(GivenTask.task(3).on(host, LastStatus.STOPPING).build());
        assertVerdict("MemberOf: runs a task of family:web already", new DistinctInstance(), task);
    }

    @Test
    void memberOfWantsItsExpressionToHold() {
        assertVerdict(
                NOTHING_AGAINST_IT,
                new AttributesMatch(),
                GivenTask.task(1)
                        .constraint("memberOf", "attribute:disk == ssd")
                        .build());
        assertVerdict(
                "MemberOf: does not match attribute:disk == hdd",
                new AttributesMatch(),
                GivenTask.task(1)
                        .constraint("memberOf", "attribute:disk == hdd")
                        .build());
    }

    @Test
    void anExpressionThatIsNotUnderstoodMatchesNoHost() {
        Veto veto = check(
                        new AttributesMatch(),
                        GivenTask.task(1).constraint("memberOf", "disk is fast").build(),
                        null)
                .orElseThrow();
        assertEquals("MemberOf", veto.code());
        assertEquals(
                true,
                veto.message().startsWith("'disk is fast' is not understood: at column 1 expected"),
                veto.message());
    }

    @Test
    void anAttributeThatTheHostDoesNotHaveIsNamed() {
        assertVerdict(
                "MemberOf: does not match attribute:rack == 1 (it has no attribute rack)",
                new AttributesMatch(),
                GivenTask.task(1)
                        .constraint("memberOf", "attribute:rack == 1 && attribute:disk == ssd")
                        .build());
    }

    @Test
    void memberOfSeesTheTasksOfTheHost() {
        Task apart = GivenTask.task(1)
                .constraint("memberOf", "not(task:group == service:db) and runningTasksCount < 2")
                .build();
        String refused = "MemberOf: does not match ";
        world.put(GivenTask.task(2)
                .group("service:web")
                .on(host, LastStatus.RUNNING)
                .build());
        assertVerdict(NOTHING_AGAINST_IT, new HostMatches(), apart);
        world.put(GivenTask.task(3)
                .group("service:web")
                .on(host, LastStatus.PENDING)
                .build());
        assertVerdict(refused + "runningTasksCount < 2", new HostMatches(), apart);
        world.put(GivenTask.task(2)
                .group("service:db")
                .on(host, LastStatus.STOPPED)
                .build());
        assertVerdict(NOTHING_AGAINST_IT, new HostMatches(), apart);
        world.put(GivenTask.task(3)
                .group("service:db")
                .on(host, LastStatus.RUNNING)
                .build());
        assertVerdict(refused + "task:group != service:db", new HostMatches(), apart);
    }

    @Test
    void aPatternThatTakesTooLongIsTold() {
        ContainerInstance slow = world.host("slow", 1024, 1024, new Attribute("disk", "a".repeat(127) + "!"));
        world.put(slow);
        Task task = GivenTask.task(1)
                .constraint("memberOf", "attribute:disk =~ '(.*a){12}'")
                .build();
        Host host = Fleet.of(world.state(), World.CLUSTER)
                .hosts()
                .filter(each -> each.instance().id().equals(slow.id()))
                .findFirst()
                .orElseThrow();
        Veto veto = new AttributesMatch().check(Demand.of(task, null), host).orElseThrow();
        assertEquals("the pattern in attribute:disk =~ '(.*a){12}' takes too long", veto.message());
    }

    private TaskDefinition platform(@Nullable RuntimePlatform platform) {
        return GivenDefinition.definition("web", 1).platform(platform).build();
    }

    private void assertVerdict(String expected, Rule rule, Task task) {
        assertEquals(expected, text(check(rule, task, null)));
    }

    private Optional<Veto> check(Rule rule, Task task, @Nullable TaskDefinition definition) {
        Demand demand = Demand.of(task, definition);
        return rule.check(demand, host(world));
    }

    private static Host host(World in) {
        Fleet fleet = Fleet.of(in.state(), World.CLUSTER);
        return fleet.hosts().findFirst().orElseThrow();
    }

    private static String text(Optional<Veto> veto) {
        return veto.map(v -> v.code() + ": " + v.message()).orElse(NOTHING_AGAINST_IT);
    }
}
