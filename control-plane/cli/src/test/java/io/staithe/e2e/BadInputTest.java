package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.sts.StsClient;

/** What is wrong is refused in the shape that its client knows; nothing is applied, and nothing secret is written down. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class BadInputTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int REFUSED_CREDENTIALS = 4;

    private final RunningSystem system = RunningSystem.get();

    /** What the error must say, and the manifest. In front of each is a good document, which must not be applied either. */
    private static final Map<String, String> MANIFESTS = Map.of(
            "document 2, line 4: kind: must be one of",
            "kind: Pod\nname: x\n",
            "serviceNam: is not a known field; did you mean serviceName?",
            "kind: Service\nserviceNam: x\n",
            "desiredCount: must be a whole number",
            "kind: Service\nserviceName: x\ndesiredCount: many\ntaskDefinition: hello\n",
            "No Fargate configuration exists for given values: 256 CPU, 8192 memory",
            """
                    family: impossible
                    requiresCompatibilities: [FARGATE]
                    networkMode: awsvpc
                    cpu: "256"
                    memory: "8192"
                    containerDefinitions: [{ name: a, image: b }]
                    """,
            "is declared twice",
            "kind: Cluster\nclusterName: bad\ntags: [{ key: a, value: b }]\n",
            "must be 1 to 255 letters, digits, hyphens and underscores",
            "kind: Service\nserviceName: ../../etc/passwd\ntaskDefinition: hello\n",
            "exceeds the specified max",
            bomb());

    private static String bomb() {
        return "family: a\nx0: &x0 [lol]\n"
                + IntStream.range(1, 10)
                        .mapToObj(i -> "x" + i + ": &x" + i + " [" + ("*x" + (i - 1) + ",").repeat(9) + "]\n")
                        .collect(Collectors.joining())
                + "containerDefinitions: *x9\n";
    }

    @TestFactory
    Stream<DynamicTest> manifestsAreRefused() {
        return MANIFESTS.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    Outcome outcome = system.tryStaithe(
                            "kind: Cluster\nclusterName: bad\n---\n" + row.getValue(), "apply", "-f", "-");
                    assertEquals(1, outcome.exitCode(), outcome::toString);
                    assertTrue(outcome.err().contains("ValidationException"), outcome::toString);
                    assertTrue(outcome.err().contains(row.getKey()), outcome::toString);
                    assertNoStackTrace(outcome.err());
                    assertFalse(system.staithe("get", "clusters").contains("bad"), "the good document was applied");
                }));
    }

    @Test
    void impossibleSizesAreRefusedInTheShapeOfEcs() {
        try (EcsClient ecs = system.ecs()) {
            ClientException refused = assertThrows(
                    ClientException.class,
                    () -> ecs.registerTaskDefinition(request -> request.family("impossible")
                            .requiresCompatibilities(Compatibility.FARGATE)
                            .networkMode(NetworkMode.AWSVPC)
                            .cpu("256")
                            .memory("8192")
                            .containerDefinitions(List.of(ContainerDefinition.builder()
                                    .name("a")
                                    .image("b")
                                    .build()))));
            assertEquals(400, refused.statusCode());
            assertTrue(refused.getMessage().contains("256 CPU, 8192 memory"), refused::getMessage);
            assertEquals(
                    List.of(),
                    ecs.listTaskDefinitions(request -> request.familyPrefix("impossible"))
                            .taskDefinitionArns());
        }
    }

    @Test
    void onlyTheRightKeyIsLetIn() {
        try (StsClient sts = StsClient.builder()
                .endpointOverride(system.api())
                .region(Region.US_EAST_1)
                .credentialsProvider(system.credentials(system.secret()))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            assertEquals("000000000000", sts.getCallerIdentity().account());
        }
        try (EcsClient ecs = system.ecs("x".repeat(40))) {
            EcsException refused = assertThrows(EcsException.class, ecs::listClusters);
            assertEquals("InvalidSignatureException", refused.awsErrorDetails().errorCode());
        }
        Outcome aws = Outcome.of(
                List.of(
                        "aws",
                        "ecs",
                        "list-clusters",
                        "--endpoint-url",
                        system.api().toString()),
                Map.of(
                        "AWS_ACCESS_KEY_ID",
                        "AKIAIOSFODNN7EXAMPLE",
                        "AWS_SECRET_ACCESS_KEY",
                        "x",
                        "AWS_DEFAULT_REGION",
                        "us-east-1"),
                "",
                SOON);
        assertTrue(aws.exitCode() != 0 && aws.err().contains("UnrecognizedClientException"), aws::toString);
    }

    @Test
    void unsignedAndOverlargeRequestsAreRefused() throws IOException, InterruptedException {
        assertRefused(400, "MissingAuthenticationTokenException", post("/staithe/v1/apply", "{}"));
        assertRefused(400, "MissingAuthenticationTokenException", post("/", "{}"));
        assertRefused(413, "RequestEntityTooLargeException", post("/staithe/v1/apply", "a".repeat(10 << 20)));
        assertRefused(404, "NotFoundException", post("/nothing", "{}"));
        String tooLarge = "clusterName: " + "a".repeat(10 << 20);
        Outcome apply = system.tryStaithe(tooLarge, "apply", "-f", "-");
        assertTrue(apply.exitCode() == 1 && apply.err().contains("1 MiB"), () -> apply.err());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(system.api().resolve(path))
                .timeout(SOON)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static void assertRefused(int status, String type, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer::body);
        assertTrue(answer.body().startsWith("{\"__type\":\"" + type + "\",\"message\":"), answer::body);
        assertNoStackTrace(answer.body());
    }

    @Test
    void agentsWithoutTheTokenAreTurnedAway(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "0".repeat(64));
        Outcome agent = system.agent(system.gateway(), token, folder.resolve("data"), "stranger");
        assertEquals(REFUSED_CREDENTIALS, agent.exitCode(), agent::toString);
        assertNoStackTrace(agent.err());
        assertFalse(system.staithe("hosts").contains("stranger"));
    }

    @Test
    void noLogHasASecret() {
        for (Path log : system.logs()) {
            String text = RunningSystem.read(log);
            assertFalse(text.contains(system.secret()), log + " has the secret access key");
            assertFalse(text.contains(system.joinToken()), log + " has the join token");
        }
    }

    private static void assertNoStackTrace(String text) {
        assertFalse(text.contains("\tat ") || text.contains("Exception in thread"), text);
    }
}
