package io.staithe.server.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Invalid;
import io.staithe.server.sts.Sts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.ServerException;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** The endpoint as the SDK's own clients see it, with a handler that each test chooses. */
final class AwsEndpointTest {
    private static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");
    private static final Identity ADMIN = new Identity("AKIAEXAMPLEEXAMPLE22", "admin", "eu-west-1", "ecs");
    private final List<String> faults = new ArrayList<>();
    private Function<Caller, ListClustersResponse> listClusters = AwsEndpointTest::oneCluster;
    private Authenticator authenticator = (call, now) -> ADMIN;
    private final Api ecs = Api.json(
            "ecs",
            "AmazonEC2ContainerServiceV20141113",
            List.of(
                    new Operation<>(
                            "ListClusters",
                            ListClustersRequest::builder,
                            (ListClustersRequest request, Caller caller) -> listClusters.apply(caller)),
                    new Operation<>("DescribeTasks", DescribeTasksRequest::builder, AwsEndpointTest::describeTasks)));
    private final AwsEndpoint endpoint = new AwsEndpoint(
            List.of(ecs, Sts.api()),
            (call, now) -> authenticator.authenticate(call, now),
            "000000000000",
            () -> NOW,
            () -> "request-1",
            (id, e) -> faults.add(id + " " + e.getMessage()));
    private final InProcessHttp http = new InProcessHttp(endpoint::handle);
    private final EcsClient client = EcsClient.builder()
            .httpClient(http)
            .region(Region.EU_WEST_1)
            .endpointOverride(URI.create("http://127.0.0.1:7400"))
            .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEXAMPLEEXAMPLE22", "s")))
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    private final StsClient sts = StsClient.builder()
            .httpClient(http)
            .region(Region.EU_WEST_1)
            .endpointOverride(URI.create("http://127.0.0.1:7400"))
            .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEXAMPLEEXAMPLE22", "s")))
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();

    private static ListClustersResponse oneCluster(Caller caller) {
        return ListClustersResponse.builder()
                .clusterArns(caller.arn("ecs", "cluster/default"))
                .build();
    }

    private static DescribeTasksResponse describeTasks(DescribeTasksRequest request, Caller caller) {
        return DescribeTasksResponse.builder()
                .tasks(request.tasks().stream()
                        .map(id -> Task.builder()
                                .taskArn(caller.arn("ecs", "task/default/" + id))
                                .createdAt(caller.now())
                                .build())
                        .toList())
                .build();
    }

    @Test
    void answersTheSdk() {
        assertEquals(
                List.of("arn:aws:ecs:eu-west-1:000000000000:cluster/default"),
                client.listClusters().clusterArns());
    }

    @Test
    void readsTheRequestAndWritesTimes() {
        var answer = client.describeTasks(r -> r.cluster("default").tasks("a", "b"));
        assertEquals(2, answer.tasks().size());
        assertEquals(NOW, answer.tasks().get(1).createdAt());
        assertTrue(answer.failures().isEmpty());
    }

    @Test
    void carriesTheRequestId() {
        assertEquals("request-1", client.listClusters().responseMetadata().requestId());
        assertEquals("request-1", http.lastAnswer().headers().get("x-amzn-RequestId"));
    }

    @Test
    void tellsTheHandlerWhoCalls() {
        var seen = new ArrayList<Caller>();
        listClusters = caller -> {
            seen.add(caller);
            return oneCluster(caller);
        };
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        client.listClusters(r -> r.overrideConfiguration(o -> o.putHeader("traceparent", trace)
                .putHeader("x-staithe-run", "priority=1")
                .putHeader("x-staithe-drain-deadline", "600")));
        client.listClusters(r -> r.overrideConfiguration(o -> o.putHeader("traceparent", "nonsense")));
        assertEquals(
                new Caller(
                        "000000000000",
                        "eu-west-1",
                        "admin",
                        ADMIN.accessKeyId(),
                        "request-1",
                        trace,
                        "priority=1",
                        "600",
                        NOW),
                seen.get(0));
        assertEquals(null, seen.get(1).traceparent());
        assertEquals(null, seen.get(1).run());
    }

    @Test
    void errorsOfTheApiReachTheSdkAsItsExceptions() {
        listClusters = caller -> {
            throw ApiError.clusterNotFound();
        };
        var e = assertThrows(ClusterNotFoundException.class, client::listClusters);
        assertEquals("Cluster not found.", e.awsErrorDetails().errorMessage());
        assertEquals(400, e.statusCode());
        assertEquals("request-1", e.requestId());
        assertEquals(List.of(), faults);
    }

    @Test
    void aRuleOfTheModelIsTheCallersMistake() {
        listClusters = caller -> {
            throw new Invalid("clusterName", "is required");
        };
        var e = assertThrows(InvalidParameterException.class, client::listClusters);
        assertEquals("clusterName: is required", e.awsErrorDetails().errorMessage());
    }

    @Test
    void aFaultIsToldToTheLogAndNotToTheClient() {
        listClusters = caller -> {
            throw new IllegalStateException("the database password is hunter2");
        };
        var e = assertThrows(ServerException.class, client::listClusters);
        assertEquals(500, e.statusCode());
        assertFalse(body().contains("hunter2") || body().contains("IllegalState") || body().contains("at io."));
        assertEquals(List.of("request-1 the database password is hunter2"), faults);
    }

    @Test
    void anOperationThatIsNotServedIsUnknown() {
        var e = assertThrows(AwsServiceException.class, () -> client.deleteCluster(r -> r.cluster("x")));
        assertEquals("UnknownOperationException", e.awsErrorDetails().errorCode());
        assertEquals(
                "The operation DeleteCluster is not served.",
                e.awsErrorDetails().errorMessage());
    }

    @Test
    void anActionThatIsNotServedIsInvalid() {
        var e = assertThrows(StsException.class, sts::getSessionToken);
        assertEquals("InvalidAction", e.awsErrorDetails().errorCode());
    }

    @Test
    void answersWhoAmI() {
        var me = sts.getCallerIdentity();
        assertEquals("000000000000", me.account());
        assertEquals("arn:aws:iam::000000000000:user/admin", me.arn());
        assertEquals("AKIAEXAMPLEEXAMPLE22", me.userId());
        assertEquals("request-1", me.responseMetadata().requestId());
    }

    @Test
    void nothingIsAnsweredBeforeTheSignatureIsChecked() {
        authenticator = (call, now) -> {
            throw ApiError.badRequest("UnrecognizedClientException", "no");
        };
        for (String target : List.of("AmazonEC2ContainerServiceV20141113.ListClusters", "Nothing.Known")) {
            HttpAnswer answer = endpoint.handle(post(Map.of("X-Amz-Target", List.of(target)), "{broken"));
            assertEquals(400, answer.status());
            assertEquals("{\"__type\":\"UnrecognizedClientException\",\"message\":\"no\"}", text(answer));
        }
        var e = assertThrows(StsException.class, sts::getCallerIdentity);
        assertEquals("InvalidClientTokenId", e.awsErrorDetails().errorCode());
    }

    @Test
    void aCallThatNamesNothingIsUnknown() {
        HttpAnswer answer = endpoint.handle(new HttpCall("GET", "", "", Map.of(), new byte[0]));
        assertTrue(text(answer).contains("UnknownOperationException"), text(answer));
    }

    @Test
    void aBodyOfTenMegabytesIsRefused() {
        HttpAnswer answer = endpoint.handle(post(
                Map.of("x-amz-target", List.of("AmazonEC2ContainerServiceV20141113.ListClusters")),
                "{\"a\":\"" + "x".repeat(10 << 20) + "\"}"));
        assertEquals(413, answer.status());
        assertTrue(text(answer).contains("RequestEntityTooLargeException"), text(answer));
    }

    @Test
    void jsonIsAnsweredInTheVersionThatWasAsked() {
        for (String version : List.of("application/x-amz-json-1.0", "application/x-amz-json-1.1")) {
            HttpAnswer answer = endpoint.handle(post(
                    Map.of(
                            "content-type", List.of(version),
                            "x-amz-target", List.of("AmazonEC2ContainerServiceV20141113.ListClusters")),
                    "{}"));
            assertEquals(version, answer.headers().get("Content-Type"));
            assertEquals(200, answer.status());
        }
    }

    @Test
    void anActionInTheUrlIsServedToo() {
        String scope = "AWS4-HMAC-SHA256 Credential=AKIA/20250301/us-east-1/sts/aws4_request, Signature=x";
        HttpAnswer answer = endpoint.handle(new HttpCall(
                "GET",
                "/",
                "Action=GetCallerIdentity&Version=2011-06-15",
                Map.of("Authorization", List.of(scope)),
                new byte[0]));
        assertEquals(200, answer.status());
        assertTrue(text(answer).startsWith("<GetCallerIdentityResponse xmlns="), text(answer));
    }

    @Test
    void oneNameIsOneOperation() {
        Operation<?, ?> twice = ecs.operations().get("DescribeTasks");
        assertThrows(IllegalArgumentException.class, () -> Api.json("ecs", "X", List.of(twice, twice)));
    }

    @Test
    void anAccountIsTwelveDigits() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new AwsEndpoint(List.of(), authenticator, "1234", () -> NOW, () -> "", (id, e) -> {}));
    }

    private String body() {
        return text(http.lastAnswer());
    }

    private static HttpCall post(Map<String, List<String>> headers, String body) {
        return new HttpCall("POST", "/", "", headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
