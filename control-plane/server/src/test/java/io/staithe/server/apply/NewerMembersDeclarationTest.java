package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.CircuitBreaker.Threshold;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleHook.TimeoutConfiguration;
import io.staithe.core.model.ServiceId;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestError;
import io.staithe.server.manifest.ManifestFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files may say all that AWS's model has of deployments, also what the SDK's classes lack. */
final class NewerMembersDeclarationTest {
    private static final String SERVICE = """
            serviceName: web
            desiredCount: 1
            taskDefinition: web
            deploymentConfiguration:
              deploymentCircuitBreaker:
                enable: true
                rollback: true
                thresholdConfiguration: {type: BOUNDED_PERCENT, value: 20}
                ResetOnHealthyTask: false
              lifecycleHooks:
              - lifecycleStages: [PRE_SCALE_UP]
                timeoutConfiguration:
                  timeoutInMinutes: 15
                  action: ROLLBACK
            """;

    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    @Test
    void theyAreDeclared() {
        apply(SERVICE);
        DeploymentConfiguration declared = ecs.state()
                .service(new ServiceId("default", "web"))
                .orElseThrow()
                .deploymentConfiguration();
        assertEquals(
                new CircuitBreaker(true, true, new Threshold(Threshold.Type.BOUNDED_PERCENT, 20), false),
                declared.deploymentCircuitBreaker());
        assertEquals(
                new TimeoutConfiguration(15, LifecycleHook.Answer.ROLLBACK),
                declared.lifecycleHooks().get(0).timeoutConfiguration());
        assertEquals("unchanged", apply(SERVICE).changes().get(0).action());
    }

    @Test
    void theyStandInTheOutputOfDescribeToo() {
        String indented = SERVICE.indent(4).substring(4);
        apply("services:\n  - " + indented);
        assertEquals("unchanged", apply(SERVICE).changes().get(0).action());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20} | 0} | 8 | deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.value | must be between 1 and 1000",
                "value: | values: | 8 | deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.values | is not a known field; did you mean value?",
                "false | perhaps | 9 | deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask | must be true or false",
                "ROLLBACK | RETRY | 14 | deploymentConfiguration.lifecycleHooks[0].timeoutConfiguration.action | must be one of CONTINUE, ROLLBACK",
            })
    void whatIsWrongNamesItsPlace(String from, String to, int line, String field, String rule) {
        ManifestsRefused refused = assertThrows(ManifestsRefused.class, () -> apply(SERVICE.replace(from, to)));
        ManifestError error = refused.errors().get(0);
        assertEquals(field, error.field());
        assertEquals(rule, error.rule());
        assertEquals(line, error.line());
    }

    private ApplyResult apply(String yaml) {
        return api.apply(List.of(ManifestFile.of("a.yaml", yaml)), false, null, EcsFixture.CALLER);
    }
}
