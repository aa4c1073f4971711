package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostType;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import io.staithe.core.model.UnitPrices;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestError;
import io.staithe.server.manifest.ManifestFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Host groups, capacity providers and clusters that name them, in files. */
final class CapacityDeclarationTest {
    private static final String POOL = """
            kind: Cluster
            clusterName: prod
            capacityProviders: [pool]
            defaultCapacityProviderStrategy: [{capacityProvider: pool, weight: 1, base: 2}]
            ---
            kind: CapacityProvider
            name: pool
            hostGroup: pool
            managedScaling: {targetCapacity: 80}
            ---
            kind: HostGroup
            name: pool
            provider: ec2
            cluster: prod
            types:
              - {name: m6i.large, vcpu: 2, memory: 8 GB, price: 0.096, spotPrice: 0.0334, zones: [a, b], startsIn: 90s,
                 overhead: {vcpu: 0.1, memory: 640}}
              - {name: m6i.xlarge, vcpu: 4, memory: 16384, price: 0.192, limit: 3}
            min: 1
            max: 10
            budgetPerHour: 2.5
            joinDeadline: 3m
            emptyFor: 45s
            minimumLife: 1h
            consolidation: {minimumSavingPercent: 15, interval: 20m}
            settings: {launchTemplate: lt-1}
            """.replace("vcpu: 0.1,", "vcpu: 0.125,");
    private static final String FARGATE = """
            kind: HostGroup
            name: laptop
            provider: local
            fargate: packed
            types: [{name: small, vcpu: 1, memory: 2 GB, price: 0.02}]
            max: 4
            warm: [{vcpu: 0.25, memory: 512, count: 2}]
            """;

    private final EcsFixture ecs = new EcsFixture();
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    @Test
    void readsDollarsCoresAndSpansOfTime() {
        assertEquals(
                List.of("create HostGroup pool", "create CapacityProvider pool", "create Cluster prod"), apply(POOL));
        HostGroup group = ecs.state().hostGroup("pool").orElseThrow();
        HostType large = group.types().get(0);
        assertEquals(new Resources(2048, 8192, 0), large.size());
        assertEquals(new Resources(128, 640, 0), large.overhead());
        assertEquals(96_000, large.microsPerHour());
        assertEquals(33_400L, large.spotMicrosPerHour());
        assertEquals(90, large.startSeconds());
        assertEquals(3, group.types().get(1).limit());
        assertEquals(2_500_000L, group.microsPerHourBudget());
        assertEquals(
                List.of(180, 45, 3600), List.of(group.joinSeconds(), group.emptySeconds(), group.minimumLifeSeconds()));
        assertEquals(new HostGroup.Consolidation(15, 1200, List.of()), group.consolidation());
        assertEquals(UnitPrices.FARGATE, group.unitPrices());
        CapacityProvider provider = ecs.state().capacityProvider("pool").orElseThrow();
        assertEquals(new ManagedScaling(true, 80, 1, 10_000, 300), provider.managedScaling());
        assertEquals(
                List.of(new CapacityProviderStrategyItem("pool", 1, 2)),
                ecs.state().cluster("prod").orElseThrow().defaultCapacityProviderStrategy());
    }

    @Test
    void theSameAgainChangesNothingAndAnotherPriceIsOneDifference() {
        apply(POOL);
        assertEquals(
                List.of("unchanged HostGroup pool", "unchanged CapacityProvider pool", "unchanged Cluster prod"),
                apply(POOL));
        ApplyResult plan = api.apply(
                List.of(ManifestFile.of("a.yaml", POOL.replace("price: 0.192", "price: 0.2"))),
                true,
                null,
                EcsFixture.CALLER);
        assertEquals(
                List.of("types[1].price: 0.192 to 0.2"),
                plan.changes().get(0).differences().stream()
                        .map(one -> one.field() + ": " + one.from() + " to " + one.to())
                        .toList());
    }

    @Test
    void isListedAsItIsDeclared() {
        apply(FARGATE);
        var shown = api.list("host-groups", EcsFixture.CALLER).get(0);
        assertEquals("laptop", shown.get("name"));
        assertEquals("PACKED", shown.get("fargate"));
        assertEquals("1m", shown.get("emptyFor"));
        assertEquals(0, shown.get("hosts"));
        assertTrue(String.valueOf(shown.get("warm")).contains("vcpu=0.25"), shown.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            price: 0.192       | price: 0            | types[1].price: must be more than 0
            price: 0.192       | price: 0.00000001   | types[1].price: must be dollars with at most 6 digits
            memory: 16384      | memory: much        | types[1].memory: must be MiB
            vcpu: 4            | vcpu: 0.0001        | types[1].vcpu: must be cores
            vcpu: 4            | vcpus: 4            | types[1].vcpus: is not a known field; did you mean vcpu?
            m6i.xlarge         | m6i.large           | types: must not name a type twice
            min: 1             | min: 11             | max: must be between 11 and 100000
            max: 10            | maximum: 10         | max: is required
            provider: ec2      | provider: gce       | provider: must be one of local, static, kubernetes, ec2
            joinDeadline: 3m   | joinDeadline: soon  | joinDeadline: must be a span of time
            joinDeadline: 3m   | joinDeadline: 5s    | joinDeadline: must be between 10 and 3600
            budgetPerHour: 2.5 | budgetPerHour: 0    | budgetPerHour: must be more than 0
            cluster: prod      | cluster: test       | cluster: no cluster is named test
            interval: 20m      | interval: 5s        | consolidation.intervalSeconds
            targetCapacity: 80 | targetCapacity: 0   | managedScaling.targetCapacity: must be between 1 and 100
            hostGroup: pool    | hostGroup: other    | no host group is named other
            [pool]             | [other]             | The specified capacity provider was not found
            weight: 1          | weight: 0           | a weight value greater than zero
            capacityProvider: pool | capacityProvider: FARGATE | not associated with the cluster
            """)
    void badInputIsNamedByFieldAndRule(String good, String bad, String expected) {
        List<ManifestError> errors = assertThrows(ManifestsRefused.class, () -> apply(POOL.replace(good, bad)))
                .errors();
        assertTrue(
                errors.stream()
                        .map(error -> error.field() + ": " + error.rule())
                        .anyMatch(refused -> refused.contains(expected.replace("intervalSeconds", "interval"))),
                errors.toString());
    }

    @Test
    void aGroupWithoutTypesIsForDedicatedFargateHostsAlone() {
        String without = FARGATE.replaceFirst("types: .*\n", "");
        ManifestError error = assertThrows(ManifestsRefused.class, () -> apply(without))
                .errors()
                .get(0);
        assertTrue(error.rule().contains("at least one type"), error.rule());
        assertEquals(List.of("create HostGroup laptop"), apply(without.replace("packed", "dedicated")));
    }

    /** Fargate sells no 300 CPU units with 700 MiB. */
    @Test
    void aGroupForAnySizeLetsTaskDefinitionsAskForIt() {
        String odd = """
                ---
                kind: TaskDefinition
                family: odd
                networkMode: awsvpc
                requiresCompatibilities: [FARGATE]
                cpu: 300
                memory: 700
                containerDefinitions: [{name: odd, image: odd}]
                """;
        ManifestError error = assertThrows(ManifestsRefused.class, () -> apply(FARGATE + odd))
                .errors()
                .get(0);
        assertEquals("memory", error.field());
        assertEquals("No Fargate configuration exists for given values: 300 CPU, 700 memory", error.rule());
        assertEquals(
                List.of("create HostGroup laptop", "create TaskDefinition odd:1"),
                apply(FARGATE + "anySize: true\n" + odd));
    }

    @Test
    void deletesWhatNothingUses() {
        apply(POOL);
        assertEquals(List.of("delete Cluster prod", "delete CapacityProvider pool", "delete HostGroup pool"), delete());
        assertEquals(List.of("absent Cluster prod", "absent CapacityProvider pool", "absent HostGroup pool"), delete());
    }

    @Test
    void aGroupWithHostsLetsThemGoFirst() {
        apply(POOL);
        ProvisionedHost host = host();
        ecs.put(host);
        assertEquals(List.of("delete Cluster prod", "delete CapacityProvider pool", "waits HostGroup pool"), delete());
        HostGroup closing = ecs.state().hostGroup("pool").orElseThrow();
        assertEquals(List.of(0, 0), List.of(closing.minHosts(), closing.emptySeconds()));
        assertEquals("ResourceInUseException", refused("pool").code());
        ecs.put(host.but().endedAt(EcsFixture.NOW).build());
        assertEquals("delete HostGroup pool", delete().get(2));
    }

    @Test
    void aGroupThatIsNamedIsKept() {
        apply(POOL);
        assertTrue(refused("pool").message().contains("capacity provider pool names it"));
        assertTrue(ecs.state().get(Key.hostGroup("pool")).isPresent());
    }

    private ApiError refused(String group) {
        return assertThrows(ApiError.class, () -> api.delete("host-groups", group));
    }

    private List<String> apply(String yaml) {
        return actions(api.apply(List.of(ManifestFile.of("a.yaml", yaml)), false, null, EcsFixture.CALLER));
    }

    private List<String> delete() {
        return actions(api.delete(List.of(ManifestFile.of("a.yaml", POOL)), false, EcsFixture.CALLER));
    }

    private static List<String> actions(ApplyResult result) {
        return result.changes().stream()
                .map(change -> change.action() + " " + change.kind() + " " + change.name())
                .toList();
    }

    static ProvisionedHost host() {
        return new ProvisionedHost(
                new InstanceId("a".repeat(32)),
                "pool",
                "ec2",
                "pool",
                "prod",
                "m6i.large",
                new Resources(2048, 8192, 0),
                "X86_64",
                false,
                false,
                null,
                96_000,
                ProvisionedHost.Status.READY,
                "a test",
                "a reason",
                EcsFixture.NOW,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
