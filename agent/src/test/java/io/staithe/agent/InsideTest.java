package io.staithe.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.staithe.agent.container.fake.FakeEngine;
import io.staithe.agent.session.FakeGateway;
import io.staithe.agent.task.Given;
import io.staithe.proto.v1.AgentMessage.MessageCase;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.TaskProtectionAnswer;
import io.staithe.proto.v1.TaskProtectionRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container sees of a whole agent, over HTTP, under the address in its environment. */
final class InsideTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ARN =
            "arn:aws:ecs:eu-test-1:123456789012:task/default/" + Given.id(1).value();

    @TempDir
    Path parent;

    private final FakeEngine engine = new FakeEngine(AgentProcess.CLOCK.instant());
    private FakeGateway gateway;
    private AgentProcess agent;
    private FakeGateway.Stream stream;

    @BeforeEach
    void begin() throws Exception {
        gateway = new FakeGateway();
        agent = new AgentProcess(parent, engine, null, gateway);
        stream = gateway.welcome();
        stream.assign(Given.full(Given.task(1, Given.container("web"), Given.container("log"))));
        while (agent.runtime.list().stream().filter(one -> one.isAlive()).count() < 2) stream.next();
        stream.next(MessageCase.HEARTBEAT);
    }

    @AfterEach
    void end() throws Exception {
        agent.stop();
        gateway.close();
    }

    @Test
    void tellsATaskAboutItself() throws Exception {
        JsonNode task = get(metadata("web") + "/task", 200);
        assertEquals(ARN, task.path("TaskARN").textValue());
        assertEquals("zone-a", task.path("AvailabilityZone").textValue());
        assertEquals("RUNNING", task.path("KnownStatus").textValue());
        assertEquals(2, task.path("Containers").size());
        JsonNode container = get(metadata("log"), 200);
        assertEquals("log", container.path("Name").textValue());
        assertEquals(
                ARN, container.path("Labels").path("com.amazonaws.ecs.task-arn").textValue());
        assertTrue(
                container.path("ContainerARN").textValue().startsWith("arn:aws:ecs:eu-test-1:123456789012:container/"));
        JsonNode stats = get(metadata("web") + "/task/stats", 200);
        assertEquals(2, stats.size());
        String id = get(metadata("web") + "/stats", 200).path("id").textValue();
        assertTrue(stats.has(id), stats::toString);
    }

    @Test
    void nobodyElseIsTold() throws Exception {
        String uri = metadata("web");
        String another = uri.substring(0, uri.length() - 1) + (uri.endsWith("0") ? "1" : "0");
        get(another, 404);
        get(another + "/task/stats", 404);
        get(uri.replace("/v4/", "/v3/"), 404);
        HttpResponse<String> protection = send(
                HttpRequest.newBuilder(URI.create(another.replace("/v4/", "/api/") + "/task-protection/v1/state")));
        assertEquals(404, protection.statusCode());
        assertTrue(protection.body().contains("ResourceNotFoundException"), protection.body());
    }

    @Test
    void asksTheControlPlaneForTheTasksOwnProtection() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = HTTP.sendAsync(
                protection("web")
                        .PUT(BodyPublishers.ofString("{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":5}"))
                        .build(),
                BodyHandlers.ofString());
        TaskProtectionRequest asked = stream.next(MessageCase.TASK_PROTECTION).getTaskProtection();
        assertEquals(Given.id(1).value(), asked.getTask());
        assertTrue(asked.getProtectionEnabled());
        assertEquals(5, asked.getExpiresInMinutes());
        stream.say(GatewayMessage.newBuilder()
                .setTaskProtection(TaskProtectionAnswer.newBuilder()
                        .setRequestId(asked.getRequestId())
                        .setFailure(TaskProtectionAnswer.Failure.newBuilder().setReason("TASK_NOT_VALID")))
                .build());
        assertEquals(
                "{\"failure\":{\"Arn\":\"" + ARN + "\",\"Detail\":null,\"Reason\":\"TASK_NOT_VALID\"}}",
                answer.get(20, TimeUnit.SECONDS).body());
    }

    @Test
    void aQuestionIsNotAWish() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                HTTP.sendAsync(protection("web").build(), BodyHandlers.ofString());
        assertFalse(stream.next(MessageCase.TASK_PROTECTION).getTaskProtection().hasProtectionEnabled());
        assertEquals(504, answer.get(20, TimeUnit.SECONDS).statusCode(), "a control plane that says nothing");
    }

    @Test
    void saysSoWithoutAControlPlane() throws Exception {
        gateway.close();
        while (!send(protection("web")).body().contains("cannot be reached")) Thread.onSpinWait();
        HttpResponse<String> answer = send(protection("web"));
        assertEquals(500, answer.statusCode());
        assertTrue(answer.body().contains("\"Code\":\"ServerException\""), answer.body());
        assertEquals(
                ARN,
                get(metadata("web") + "/task", 200).path("TaskARN").textValue(),
                "metadata needs no control plane");
    }

    @Test
    void refusesAHugeBodyAndOtherMethods() throws Exception {
        HttpRequest.Builder huge = protection("web").PUT(BodyPublishers.ofString("x".repeat(10_000)));
        assertEquals(413, send(huge).statusCode());
        assertEquals(405, send(protection("web").DELETE()).statusCode());
    }

    private HttpRequest.Builder protection(String container) {
        return HttpRequest.newBuilder(
                URI.create(agent.address("api", Given.id(1), container) + "/task-protection/v1/state"));
    }

    private String metadata(String container) {
        return agent.address("v4", Given.id(1), container);
    }

    private static JsonNode get(String uri, int status) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(uri)));
        assertEquals(status, answer.statusCode(), answer::body);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
