package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Action;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Rule;
import io.staithe.core.model.WeightedTargetGroup;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WeightedForwardTest {
    private static final String AROUND = """
            kind: LoadBalancer
            name: edge
            ---
            {kind: TargetGroup, name: blue}
            ---
            {kind: TargetGroup, name: green}
            ---
            kind: Listener
            loadBalancerArn: edge
            port: 8080
            defaultActions: [{type: fixed-response, fixedResponseConfig: {statusCode: '404'}}]
            ---
            kind: Rule
            listenerArn: edge:8080
            priority: 10
            conditions: [{field: path-pattern, values: ['/*']}]
            actions: [{type: forward, %s}]
            """;

    private final EcsFixture ecs = new EcsFixture().withHost("a", "h1");
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    private Action apply(String forward) {
        ManifestFile file = ManifestFile.of("edge.yaml", AROUND.formatted(forward));
        api.apply(List.of(file), false, null, EcsFixture.CALLER);
        return ecs.state()
                .get(new Key(Kind.RULE, "edge:8080/10"), Rule.class)
                .orElseThrow()
                .action();
    }

    @Test
    void aForwardMayDivideItsRequestsAmongTargetGroups() {
        assertEquals(
                List.of(new WeightedTargetGroup("blue", 95), new WeightedTargetGroup("green", 5)),
                apply("forwardConfig: {targetGroups: [{targetGroupArn: blue, weight: 95},"
                                + " {targetGroupArn: green, weight: 5}]}")
                        .forward());
        assertEquals(
                "target group green is in use: rule edge:8080/10 forwards to it",
                assertThrows(ApiError.class, () -> api.delete("target-groups", "green"))
                        .getMessage());
    }

    @Test
    void oneGroupIsWrittenInEitherWay() {
        assertEquals(apply("targetGroupArn: blue"), apply("forwardConfig: {targetGroups: [{targetGroupArn: blue}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{targetGroupArn: blue, weight: 1000} | weight",
                "{targetGroupArn: blue}, {targetGroupArn: blue} | must name each target group once",
                "{targetGroupArn: blue, weight: 0}, {targetGroupArn: green, weight: 0} | must have a weight above 0",
                "{targetGroupArn: blue}, {targetGroupArn: red} | no target group is named red",
                "'' | is required",
            })
    void whatCannotBeDividedIsRefused(String groups, String why) {
        ManifestsRefused refused =
                assertThrows(ManifestsRefused.class, () -> apply("forwardConfig: {targetGroups: [" + groups + "]}"));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
}
