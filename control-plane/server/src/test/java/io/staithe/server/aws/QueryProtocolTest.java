package io.staithe.server.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** The query protocol against the SDK's client of Elastic Load Balancing, whose shapes are deeper than those of STS. */
final class QueryProtocolTest {
    private final List<SdkPojo> seen = new ArrayList<>();
    private Supplier<SdkPojo> answer = () -> CreateRuleResponse.builder().build();
    private final InProcessHttp http = new InProcessHttp(new AwsEndpoint(
            List.of(Api.query(
                    "elasticloadbalancing",
                    "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
                    List.of(
                            new Operation<>("CreateRule", CreateRuleRequest::builder, this::answer),
                            new Operation<>(
                                    "DescribeLoadBalancers", DescribeLoadBalancersRequest::builder, this::answer)))),
            (call, now) -> new Identity("AKIA", "admin", "eu-west-1", "elasticloadbalancing"),
            "000000000000",
            () -> Instant.EPOCH,
            () -> "request-1",
            (id, e) -> {
                throw e;
            })::handle);
    private final ElasticLoadBalancingV2Client client = ElasticLoadBalancingV2Client.builder()
            .httpClient(http)
            .region(Region.EU_WEST_1)
            .endpointOverride(URI.create("http://127.0.0.1:7400"))
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", "secret")))
            .build();

    private SdkPojo answer(SdkPojo request, Caller caller) {
        seen.add(request);
        return answer.get();
    }

    @Test
    void readsWhatTheSdkWrites() {
        for (int seed = 0; seed < 20; seed++) {
            var sent = (CreateRuleRequest) new Filled(seed).pojo(CreateRuleRequest.builder());
            client.createRule(sent);
            assertEquals(sent, seen.get(seed));
        }
    }

    @Test
    void writesWhatTheSdkReads() {
        for (int seed = 0; seed < 20; seed++) {
            var rule = (Rule) new Filled(seed).pojo(Rule.builder());
            answer = () -> CreateRuleResponse.builder().rules(rule).build();
            assertEquals(
                    List.of(rule),
                    client.createRule(r -> r.listenerArn("a").priority(1)).rules());
        }
    }

    @Test
    void timesAreIso8601() {
        answer = () -> DescribeLoadBalancersResponse.builder()
                .loadBalancers(LoadBalancer.builder()
                        .createdTime(Instant.parse("2025-03-01T12:00:00.123456Z"))
                        .build())
                .build();
        client.describeLoadBalancers();
        assertTrue(body().contains("<CreatedTime>2025-03-01T12:00:00.123Z</CreatedTime>"), body());
    }

    @Test
    void errorsReachTheSdkAsItsExceptions() {
        answer = () -> {
            throw ApiError.badRequest("LoadBalancerNotFound", "<none> & nothing");
        };
        var e = assertThrows(LoadBalancerNotFoundException.class, client::describeLoadBalancers);
        assertEquals("<none> & nothing", e.awsErrorDetails().errorMessage());
        assertEquals(400, e.statusCode());
        assertEquals("request-1", e.requestId());
    }

    @TestFactory
    Stream<DynamicTest> wrongValuesNameTheirField() {
        return Map.of(
                        "Port=eighty",
                        "Port: must be of the type INTEGER",
                        "Port=",
                        "Port: must be of the type INTEGER",
                        "HealthCheckEnabled=yes",
                        "HealthCheckEnabled: must be of the type BOOLEAN",
                        "Name=%zz",
                        "A parameter is not valid percent-encoding.",
                        "a.".repeat(100) + "=1",
                        "A parameter is nested too deeply.")
                .entrySet()
                .stream()
                .map(row -> DynamicTest.dynamicTest(row.getValue(), () -> {
                    var e = assertThrows(
                            ApiError.class,
                            () -> QueryReader.read(Form.parse(row.getKey()), CreateTargetGroupRequest.builder()));
                    assertEquals("SerializationException", e.code());
                    assertEquals(row.getValue(), e.message());
                }));
    }

    @Test
    void whatXmlCannotSayIsReplaced() {
        var answered = XmlWriter.error(ApiError.badRequest("X", "a\0b\u001fc\ud800d\n\re"), "ns", "id");
        String xml = new String(answered, StandardCharsets.UTF_8);
        assertTrue(xml.contains("<Message>a\ufffdb\ufffdc\ufffdd\n&#13;e</Message>"), xml);
        assertFalse(xml.contains("\0"));
    }

    private String body() {
        return new String(http.lastAnswer().body(), StandardCharsets.UTF_8);
    }
}
