package io.staithe.server.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.capacity.provider.ProviderLoop.Trouble;
import io.staithe.core.capacity.GivenHost;
import io.staithe.core.model.CapacityStatus;
import io.staithe.core.model.CapacityStatus.Hindrance;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostReport;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.server.apply.Explanation;
import io.staithe.server.apply.StaitheApi;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.EcsFixture;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CapacityApiTest {
    private static final HostGroup GROUP =
            GivenHost.group("fargate", null, HostGroup.Isolation.PACKED, 0, 10, 500_000L, GivenHost.small());

    private final EcsFixture ecs = new EcsFixture();
    private final CapacityApi api = new CapacityApi(
            ecs.commits, provider -> Optional.of(new Trouble("no credentials", EcsFixture.NOW.plusSeconds(60))));
    private final StaitheApi staithe = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    @BeforeEach
    void aHostThatIsRequested() {
        ecs.put(GROUP);
        ecs.put(host());
        ecs.put(new HostReport(
                GivenHost.ID, HostReport.State.UNAVAILABLE, "hash", null, "no capacity in a", EcsFixture.NOW));
    }

    private static ProvisionedHost host() {
        return GivenHost.requested(GROUP, false, EcsFixture.NOW);
    }

    @Test
    void aHostThatHasNotJoinedIsListed() {
        Map<String, Object> shown = api.hosts(null, EcsFixture.CALLER).get(0);
        assertEquals(
                Map.of(
                        "arn", EcsFixture.ARN + "container-instance/default/" + GivenHost.ID,
                        "status", "REQUESTED",
                        "type", "small",
                        "costPerHour", new BigDecimal("0.04"),
                        "capacityProvider", "FARGATE",
                        "why", "a test",
                        "whyType", "a reason",
                        "providerMessage", "no capacity in a"),
                only(
                        shown,
                        "arn",
                        "status",
                        "type",
                        "costPerHour",
                        "capacityProvider",
                        "why",
                        "whyType",
                        "providerMessage"));
        assertEquals(List.of(), api.hosts("other", EcsFixture.CALLER));
    }

    private static Map<String, Object> only(Map<String, Object> all, String... fields) {
        all.keySet().retainAll(List.of(fields));
        return all;
    }

    @Test
    void aProviderStandsWithItsGroup() {
        ecs.put(new CapacityStatus("default", List.of(new Hindrance("FARGATE", "BUDGET", "too dear", 2)), null, null));
        CapacityStanding standing = api.standing(null, null, EcsFixture.CALLER);
        CapacityStanding.Provider fargate = standing.capacityProviders().get(0);
        assertEquals("FARGATE", fargate.name());
        assertEquals(Map.of("REQUESTED", 1), fargate.hosts());
        assertEquals("BUDGET", fargate.hindrance().code());
        assertEquals("it is on its way", fargate.fates().get(0).why());
        CapacityStanding.Group group = standing.hostGroups().get(0);
        assertEquals(
                List.of("0.04", "0.5"),
                List.of(group.costPerHour().toString(), group.budgetPerHour().toString()));
        assertEquals("no credentials", group.providerFails());
        assertEquals(EcsFixture.NOW.plusSeconds(60), group.providerRestsUntil());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            fargate,      2, 1
            FARGATE_SPOT, 1, 1
            """)
    void oneIsNamed(String name, int providers, int groups) {
        CapacityStanding standing = api.standing(null, name, EcsFixture.CALLER);
        assertEquals(
                List.of(providers, groups),
                List.of(
                        standing.capacityProviders().size(),
                        standing.hostGroups().size()));
    }

    @Test
    void nothingIsNamedSo() {
        ApiError error = assertThrows(ApiError.class, () -> api.standing(null, "nothing", EcsFixture.CALLER));
        assertTrue(error.message().contains("no capacity provider or host group is named nothing"), error.message());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REQUESTED | It is requested of provider local, which has not said yes.
            STARTING  | It starts: its agent has not registered yet.
            STOPPING  | It is being ended: broken.
            FAILED    | It failed: broken.
            """)
    void explainsAHostThatIsNotThere(ProvisionedHost.Status status, String summary) {
        ecs.put(host().but().ending(status, "broken", EcsFixture.NOW).build());
        Explanation explanation = staithe.explain("host", null, GivenHost.ID.value(), EcsFixture.CALLER);
        assertEquals(summary, explanation.summary());
        assertTrue(explanation.lines().contains("Bought for a test."), explanation.toString());
        assertTrue(explanation.lines().contains("Why this type: a reason."), explanation.toString());
        assertTrue(
                explanation.lines().stream().anyMatch(line -> line.contains("UNAVAILABLE: no capacity in a")),
                explanation.toString());
    }
}
