package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.server.apply.ApplyResult.HostChange;
import io.staithe.server.apply.ApplyResult.NoHost;
import io.staithe.server.apply.ApplyResult.ProviderCost;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestFile;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan says of costs and of what finds no host. */
final class CapacityForecastTest {
    /** Four tasks of half a core: one large host, or two small ones. */
    private static final String SERVICE = """
            kind: HostGroup
            name: pool
            provider: local
            fargate: packed
            types:
              - {name: small, vcpu: 1, memory: 2 GB, price: 0.04}
              - {name: large, vcpu: 2, memory: 4 GB, price: 0.07}
            max: 10
            ---
            kind: Service
            serviceName: web
            launchType: FARGATE
            desiredCount: 4
            taskDefinition:
              family: web
              requiresCompatibilities: [FARGATE]
              networkMode: awsvpc
              cpu: "512"
              memory: "1024"
              containerDefinitions: [{name: app, image: web:1}]
            """;

    private final EcsFixture ecs = new EcsFixture();
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    @Test
    void costsStandBesideTheLeastThatTheyCouldBe() {
        ApplyResult plan = plan(SERVICE);
        HostChange bought = plan.hosts().get(0);
        assertEquals(
                List.of("buy", "large", "FARGATE", "pool", 1),
                List.of(bought.action(), bought.type(), bought.capacityProvider(), bought.hostGroup(), bought.count()));
        assertEquals("1 large for 4 tasks: $0.017500 an hour each, on small at least $0.020000", bought.whyType());
        BigDecimal cost = new BigDecimal("0.07");
        assertEquals(
                List.of(new ProviderCost("default", "FARGATE", "pool", 1, cost, cost, cost)),
                plan.capacity().providers());
        assertEquals(List.of(), plan.capacity().noHost());
        assertTrue(ecs.state().hostGroup("pool").isEmpty(), "nothing is written");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max: 10    | max: 1                          | desiredCount: 4 | desiredCount: 5 | MAX_HOSTS    | 1
            max: 10    | {max: 10, budgetPerHour: 0.05}  | desiredCount: 4 | desiredCount: 4 | BUDGET       | 2
            cpu: "512" | cpu: "4096"                     | memory: "1024"  | memory: "8192"  | NO_HOST_TYPE | 4
            """)
    void whatFindsNoHostSaysWhy(String one, String by, String other, String byOther, String code, int tasks) {
        String with = by.startsWith("{") ? by.replaceAll("[{}]", "").replace(", ", "\n") : by;
        NoHost no = plan(SERVICE.replace(one, with).replace(other, byOther))
                .capacity()
                .noHost()
                .get(0);
        assertEquals(
                List.of("default", "FARGATE", code, tasks),
                List.of(no.cluster(), no.capacityProvider(), no.code(), no.tasks()));
    }

    private ApplyResult plan(String yaml) {
        return api.apply(List.of(ManifestFile.of("a.yaml", yaml)), true, null, EcsFixture.CALLER);
    }
}
