package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.PreStop;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestFile;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files say of containers beside the fields that ECS has. */
final class ContainerDeclarationTest {
    private static final String DEFINITION = """
            kind: TaskDefinition
            family: web
            containerDefinitions:
            - name: sidecar
              image: proxy:1
              memory: 64
            - name: app
              image: web:1
              memory: 64
              healthCheck: {command: [TCP, 8080]}
              readinessCheck: {command: [HTTP, 8080, /ready], interval: 5, retries: 1}
              preStop: {command: [/bin/flush, --all], timeout: 20}
            """;

    private final EcsFixture ecs = new EcsFixture();
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    private ApplyResult.ObjectChange apply(String yaml) {
        List<ManifestFile> files = List.of(ManifestFile.of("a.yaml", yaml));
        return api.apply(files, false, null, EcsFixture.CALLER).changes().get(0);
    }

    private TaskDefinition revision(int number) {
        return ecs.state().taskDefinition(new TaskDefinitionId("web", number)).orElseThrow();
    }

    @Test
    void aContainerKeepsWhatItsFileSays() {
        apply(DEFINITION);
        ContainerDefinition app = revision(1).container("app").orElseThrow();
        assertEquals(new HealthCheck(List.of("TCP", "8080"), null, null, null, null), app.healthCheck());
        assertEquals(new HealthCheck(List.of("HTTP", "8080", "/ready"), 5, null, 1, null), app.readinessCheck());
        assertEquals(new PreStop(List.of("/bin/flush", "--all"), 20), app.preStop());
        assertNull(revision(1).container("sidecar").orElseThrow().readinessCheck());
    }

    @Test
    void theSameFileMakesNoNewRevisionAndAnotherOneDoes() {
        apply(DEFINITION);
        apply(DEFINITION);
        assertTrue(ecs.state().taskDefinition(new TaskDefinitionId("web", 2)).isEmpty());
        apply(DEFINITION.replace("retries: 1", "retries: 2"));
        assertEquals(
                2, revision(2).container("app").orElseThrow().readinessCheck().retries());
        apply(DEFINITION.replaceAll("(?m)^ *readinessCheck.*\n", ""));
        assertNull(revision(3).container("app").orElseThrow().readinessCheck());
    }

    @Test
    void whatIsShownCanBeAppliedAgain() {
        apply(DEFINITION);
        String arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1";
        Map<String, Object> shown = api.describe(List.of(arn)).get(0);
        assertEquals(arn, shown.get("arn"));
        JsonObject again = new JsonObject()
                .put("kind", "TaskDefinition")
                .put("family", "web")
                .put("containerDefinitions", shown.get("containerDefinitions"));
        apply(again.encode());
        assertTrue(ecs.state().taskDefinition(new TaskDefinitionId("web", 2)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interval: 5     | interval: 1      | containerDefinitions[1].readinessCheck.interval: must be between 5 and 300",
                "HTTP, 8080,     | HTTP, 0,         | must have after HTTP a port between 1 and 65535",
                "retries: 1      | tries: 1         | containerDefinitions[1].readinessCheck.tries: is not a known field; did you mean retries?",
                "timeout: 20     | timeout: 0       | containerDefinitions[1].preStop.timeout: must be between 1 and 86400",
                "readinessCheck  | readynessCheck   | containerDefinitions[1].readynessCheck: is not a known field; did you mean readinessCheck?",
            })
    void whatDoesNotFitIsSaidWithItsPlace(String from, String to, String error) {
        ManifestsRefused refused = assertThrows(ManifestsRefused.class, () -> apply(DEFINITION.replace(from, to)));
        assertTrue(told(refused).contains(error), told(refused));
    }

    private static String told(ManifestsRefused refused) {
        return refused.errors().stream()
                .map(error -> error.field() + ": " + error.rule())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aCheckFromOutsideNeedsANetwork() {
        ManifestsRefused refused = assertThrows(
                ManifestsRefused.class,
                () -> apply(DEFINITION.replace("family: web", "family: web\nnetworkMode: none")));
        assertTrue(told(refused).contains("needs a network, which this container does not have"), told(refused));
    }
}
