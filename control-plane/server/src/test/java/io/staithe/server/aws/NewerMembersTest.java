package io.staithe.server.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.CircuitBreaker.Threshold;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleHook.TimeoutConfiguration;
import io.staithe.core.model.ServiceId;
import io.staithe.server.ecs.EcsFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Members of AWS's model that the SDK's classes lack, from a request's JSON into the model and back. */
final class NewerMembersTest {
    private static final String BREAKER = """
            {"enable":true,"rollback":true,"thresholdConfiguration":{"type":"COUNT","value":7},"resetOnHealthyTask":false}
            """;

    private static final String HOOKS = """
            [{"targetType":"PAUSE","lifecycleStages":["PRE_SCALE_UP"],
              "timeoutConfiguration":{"timeoutInMinutes":30,"action":"CONTINUE"}}]
            """;

    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    @Test
    void areReadIntoTheModel() {
        create(BREAKER, HOOKS);
        assertEquals(
                new CircuitBreaker(true, true, new Threshold(Threshold.Type.COUNT, 7), false),
                configuration().deploymentCircuitBreaker());
        LifecycleHook hook = configuration().lifecycleHooks().get(0);
        assertEquals(new TimeoutConfiguration(30, LifecycleHook.Answer.CONTINUE), hook.timeoutConfiguration());
        assertEquals(LifecycleHook.Type.PAUSE, hook.targetType());
    }

    @Test
    void areAnsweredByEveryOperationThatShowsThem() throws IOException {
        JsonNode created = create(BREAKER, HOOKS).path("service");
        JsonNode described = answer(DescribeServicesRequest.builder()
                        .services("none", "shop")
                        .build())
                .path("services")
                .path(0);
        JsonNode deployment = answer(DescribeServiceDeploymentsRequest.builder()
                        .serviceDeploymentArns(
                                created.path("currentServiceDeployment").asText())
                        .build())
                .path("serviceDeployments")
                .path(0);
        ObjectMapper json = new ObjectMapper();
        for (JsonNode shown : List.of(created, described, deployment)) {
            JsonNode configuration = shown.path("deploymentConfiguration");
            assertEquals(json.readTree(BREAKER), configuration.path("deploymentCircuitBreaker"));
            JsonNode hook = configuration.path("lifecycleHooks").path(0);
            assertEquals(json.readTree(HOOKS).path(0).path("timeoutConfiguration"), hook.path("timeoutConfiguration"));
            assertEquals("PAUSE", hook.path("targetType").asText());
        }
    }

    @Test
    void whatIsNotAskedForIsNotShown() {
        JsonNode shown = create("{\"enable\":true,\"rollback\":false}", "[]")
                .path("service")
                .path("deploymentConfiguration")
                .path("deploymentCircuitBreaker");
        assertEquals(2, shown.size(), shown.toString());
    }

    @Test
    void anUpdateThatDoesNotNameTheCircuitBreakerLeavesItAsItIs() {
        create(BREAKER, "[]");
        ecs.answer(
                read(
                        "{\"service\":\"shop\",\"deploymentConfiguration\":{\"maximumPercent\":150}}",
                        UpdateServiceRequest.builder()),
                EcsFixture.CALLER);
        assertEquals(Integer.valueOf(150), configuration().maximumPercent());
        assertEquals(
                new Threshold(Threshold.Type.COUNT, 7),
                configuration().deploymentCircuitBreaker().thresholdConfiguration());
    }

    @Test
    void aTokenThatIsUsedForAnotherThresholdIsRefused() {
        create("\"clientToken\":\"t\",", BREAKER, "[]");
        ApiError refused =
                assertThrows(ApiError.class, () -> create("\"clientToken\":\"t\",", BREAKER.replace('7', '8'), "[]"));
        assertEquals("Creation of service was not idempotent.", refused.message());
    }

    @ParameterizedTest(name = "{2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'COUNT' | 'MANY' | deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.type | must be one of COUNT, BOUNDED_PERCENT, UNBOUNDED_PERCENT",
                "7 | 0 | deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.value | must be between 1 and 5000",
                "'\"type\":\"COUNT\",' | '' | deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.type | must be COUNT, BOUNDED_PERCENT or UNBOUNDED_PERCENT",
                "30 | 20161 | deploymentConfiguration.lifecycleHooks[0].timeoutConfiguration.timeoutInMinutes | must be between 1 and 20160",
                "'\"action\":\"CONTINUE\"' | '\"action\":\"RETRY\"' | deploymentConfiguration.lifecycleHooks[0].timeoutConfiguration.action | must be one of CONTINUE, ROLLBACK",
                "PAUSE | AWS_LAMBDA | deploymentConfiguration.lifecycleHooks[0].targetType | must be PAUSE or TASK: functions cannot be hooks",
                "PAUSE | TASK | deploymentConfiguration.lifecycleHooks[0].hookTargetArn | 'must name a task definition, of hooks of type TASK alone'",
            })
    void brokenRulesNameTheirField(String from, String to, String field, String rule) {
        Invalid invalid = assertThrows(Invalid.class, () -> create(BREAKER.replace(from, to), HOOKS.replace(from, to)));
        assertEquals(field, invalid.field());
        assertEquals(rule, invalid.rule());
    }

    @Test
    void aValueOfTheWrongTypeNamesItsField() {
        ApiError refused = assertThrows(ApiError.class, () -> create(BREAKER.replace("false", "\"no\""), "[]"));
        assertEquals("SerializationException", refused.code());
        assertTrue(
                refused.message()
                        .startsWith(
                                "deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask: must be a boolean"),
                refused.message());
    }

    @Test
    void theSdkLacksThemIndeed() {
        Map<SdkPojo, Integer> shapes =
                Map.of(DeploymentCircuitBreaker.builder(), 2, DeploymentLifecycleHook.builder(), 2);
        shapes.forEach((shape, many) -> {
            List<SdkField<?>> members = NewerMembers.of(shape);
            assertEquals(many, members.size());
            for (SdkField<?> member : members)
                assertFalse(
                        shape.sdkFieldNameToField().containsKey(member.locationName()),
                        "delete " + member.locationName() + " here: the SDK has it now");
        });
    }

    private DeploymentConfiguration configuration() {
        return ecs.state()
                .service(new ServiceId("default", "shop"))
                .orElseThrow()
                .deploymentConfiguration();
    }

    private JsonNode create(String breaker, String hooks) {
        return create("", breaker, hooks);
    }

    private JsonNode create(String more, String breaker, String hooks) {
        return answer(read(
                "{\"serviceName\":\"shop\",\"taskDefinition\":\"web\",\"desiredCount\":2," + more
                        + "\"deploymentConfiguration\":{\"deploymentCircuitBreaker\":" + breaker
                        + ",\"lifecycleHooks\":" + hooks + "}}",
                CreateServiceRequest.builder()));
    }

    private static <B extends SdkPojo & SdkBuilder<B, ? extends SdkPojo>> SdkPojo read(String json, B builder) {
        JsonReader.read(json.getBytes(StandardCharsets.UTF_8), builder);
        return builder.build();
    }

    private JsonNode answer(SdkPojo request) {
        try {
            return new ObjectMapper().readTree(JsonWriter.write(ecs.answer(request, EcsFixture.CALLER)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
