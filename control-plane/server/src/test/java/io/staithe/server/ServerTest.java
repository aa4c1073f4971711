package io.staithe.server;

import static io.staithe.server.state.Until.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.staithe.core.model.ServiceId;
import io.staithe.server.history.Rows;
import io.staithe.server.state.StateFeed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.sts.StsClient;

/** The server from outside, with the clients that people have. */
@QuarkusTest
@TestProfile(OneServer.class)
@Tag("quarkus")
class ServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration A_TASK_STARTS_WITHIN = Duration.ofSeconds(30);

    @Inject
    Rows history;

    @Inject
    StateFeed feed;

    @BeforeEach
    void ready() {
        until("the server is ready", () -> status("/q/health/ready") == 200);
    }

    @Test
    void firstStartLeavesItsSecretsToItsOwnerOnly() throws IOException {
        for (String name : List.of("admin-credentials", "join-token", "master-key"))
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(OneServer.DATA.resolve(name))));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(OneServer.DATA)));
    }

    @Test
    void saysWhoTheCallerIs() {
        try (StsClient sts = StsClient.builder()
                .endpointOverride(OneServer.api())
                .region(Region.US_EAST_1)
                .credentialsProvider(OneServer.administrator())
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            assertEquals(
                    "arn:aws:iam::000000000000:user/admin",
                    sts.getCallerIdentity(request -> {}).arn());
        }
    }

    @Test
    void refusesAWrongSecret() {
        try (EcsClient ecs = ecs(OneServer.administratorWithWrongSecret())) {
            EcsException refused = assertThrows(EcsException.class, () -> ecs.listClusters(request -> {}));
            assertEquals("InvalidSignatureException", refused.awsErrorDetails().errorCode());
        }
    }

    @Test
    void refusesAnOversizedBodyAndAnUnknownAddress() {
        HttpResponse<String> oversized = send(HttpRequest.newBuilder(OneServer.api())
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2 << 20]))
                .build());
        assertEquals(413, oversized.statusCode());
        assertTrue(oversized.body().contains("\"__type\":\"RequestEntityTooLargeException\""), oversized.body());
        assertEquals(404, status("/nothing/here"));
    }

    /** As simple clients do; a connection closed on what they still send would take the answer back. */
    @Test
    void whoSendsAllOfAnOversizedBodyBeforeReadingIsToldToo() throws IOException {
        int bytes = 10 << 20;
        try (Socket client =
                new Socket(OneServer.api().getHost(), OneServer.api().getPort())) {
            client.setSoTimeout(30_000);
            OutputStream out = client.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: staithe\r\nContent-Length: " + bytes + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int sent = 0; sent < bytes; sent += 1 << 20) out.write(new byte[1 << 20]);
            out.flush();
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(answer.contains("\"__type\":\"RequestEntityTooLargeException\""), answer);
        }
    }

    @Test
    void refusesAnUnknownOperationInTheShapeOfAws() {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(OneServer.api())
                .header("x-amz-target", "AmazonEC2ContainerServiceV20141113.MakeCoffee")
                .header("content-type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("\"__type\""), answer.body());
        assertFalse(answer.body().contains("at io.staithe"), answer.body());
    }

    @Test
    void runsAServiceOnAHostThatJoins() throws Exception {
        try (EcsClient ecs = ecs(OneServer.administrator());
                ScriptedAgent agent =
                        ScriptedAgent.join("127.0.0.1", OneServer.GATEWAY_PORT, OneServer.joinToken(), "default")) {
            agent.awaitWelcome();
            ecs.registerTaskDefinition(definition("web"));
            ecs.createService(
                    request -> request.serviceName("web").taskDefinition("web").desiredCount(2));
            until("the tasks run and the service is steady", A_TASK_STARTS_WITHIN, () -> {
                Service service = ecs.describeServices(request -> request.services("web"))
                        .services()
                        .get(0);
                return service.runningCount() == 2
                        && service.deployments().size() == 1
                        && "COMPLETED".equals(service.deployments().get(0).rolloutStateAsString());
            });
            assertEquals(2, agent.started());
            AwsCli.run("ecs", "wait", "services-stable", "--services", "web");
            assertTrue(AwsCli.run("ecs", "list-tasks", "--service-name", "web").contains(":task/default/"));

            protectsATaskAndGivesAHostAnAttribute(ecs);
            aTaskProtectsItself(ecs, agent);
            String trace = traceOf("web");
            for (String span : List.of("CreateService", "task service:web", "place", "pull", "start main"))
                until("span " + span + " of trace " + trace, () -> OneServer.COLLECTOR.has(trace, span));

            ecs.updateService(request -> request.service("web").desiredCount(0));
            until(
                    "history has the stopped tasks",
                    A_TASK_STARTS_WITHIN,
                    () -> history.stoppedTasksOf(new ServiceId("default", "web"), 10)
                                    .size()
                            == 2);
            assertTrue(history.stoppedTasksOf(new ServiceId("default", "web"), 10).stream()
                    .allMatch(task -> task.placement.startsWith("best of ") && task.placement.contains("\nChosen: ")));
            until("history has the events", () -> !history.eventsOf(new ServiceId("default", "web"), 10)
                    .isEmpty());
        }
    }

    /** As its agent asks for it, which may ask for its own tasks only. */
    private static void aTaskProtectsItself(EcsClient ecs, ScriptedAgent agent) throws Exception {
        String arn =
                ecs.listTasks(request -> request.serviceName("web")).taskArns().get(0);
        String task = arn.substring(arn.lastIndexOf('/') + 1);
        assertTrue(agent.askProtection(task, true).getProtection().getEnabled());
        assertTrue(ecs.getTaskProtection(request -> request.cluster("default").tasks(arn))
                .protectedTasks()
                .get(0)
                .protectionEnabled());
        assertTrue(agent.askProtection(task, null).getProtection().hasExpiresAt());
        assertFalse(agent.askProtection(task, false).getProtection().hasExpiresAt());
        assertEquals(
                "ResourceNotFoundException",
                agent.askProtection("f".repeat(32), true).getError().getCode());
        try (ScriptedAgent other =
                ScriptedAgent.join("127.0.0.1", OneServer.GATEWAY_PORT, OneServer.joinToken(), "default")) {
            other.awaitWelcome();
            assertEquals(
                    "ResourceNotFoundException",
                    other.askProtection(task, true).getError().getCode());
        }
    }

    private static void protectsATaskAndGivesAHostAnAttribute(EcsClient ecs) {
        String task =
                ecs.listTasks(request -> request.serviceName("web")).taskArns().get(0);
        for (boolean enabled : List.of(true, false)) {
            ecs.updateTaskProtection(
                    request -> request.cluster("default").tasks(task).protectionEnabled(enabled));
            assertEquals(
                    enabled,
                    ecs.getTaskProtection(request -> request.cluster("default").tasks(task))
                            .protectedTasks()
                            .get(0)
                            .protectionEnabled());
        }
        String host = ecs.listContainerInstances(request -> {})
                .containerInstanceArns()
                .get(0);
        Attribute disk =
                Attribute.builder().name("disk").value("ssd").targetId(host).build();
        ecs.putAttributes(request -> request.attributes(disk));
        assertEquals(
                List.of(disk),
                ecs.listAttributes(request ->
                                request.targetType("container-instance").attributeName("disk"))
                        .attributes());
        ecs.deleteAttributes(request -> request.attributes(disk));
    }

    @Test
    void refusesAnAgentWithoutTheToken() throws Exception {
        try (ScriptedAgent agent = ScriptedAgent.join("127.0.0.1", OneServer.GATEWAY_PORT, "wrong", "default")) {
            assertEquals("CREDENTIALS", agent.awaitRefusal());
        }
    }

    @Test
    void showsMetrics() {
        String metrics = send(HttpRequest.newBuilder(at("/q/metrics")).build()).body();
        for (String name :
                List.of("staithe_store_commit_seconds", "staithe_tasks", "staithe_leads", "staithe_sessions"))
            assertTrue(metrics.contains(name), name);
    }

    private String traceOf(String service) {
        String parent = feed.current()
                .service(new ServiceId("default", service))
                .orElseThrow()
                .traceParent();
        assertNotNull(parent, "the service does not know which request made it");
        return parent.split("-")[1];
    }

    private static RegisterTaskDefinitionRequest definition(String family) {
        return RegisterTaskDefinitionRequest.builder()
                .family(family)
                .containerDefinitions(ContainerDefinition.builder()
                        .name("main")
                        .image("example/web:1")
                        .memory(64)
                        .essential(true)
                        .build())
                .build();
    }

    private static EcsClient ecs(AwsCredentialsProvider credentials) {
        return EcsClient.builder()
                .endpointOverride(OneServer.api())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static int status(String path) {
        return send(HttpRequest.newBuilder(at(path)).build()).statusCode();
    }

    private static URI at(String path) {
        return OneServer.api().resolve(path);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
