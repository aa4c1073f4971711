package io.staithe.server;

import static io.staithe.server.state.Until.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.server.state.StateFeed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server offers beside the AWS API, over HTTP. */
@QuarkusTest
@TestProfile(OneServer.class)
@Tag("quarkus")
class StaitheApiTest {
    @Inject
    ControlPlane controlPlane;

    @Inject
    StateFeed feed;

    @BeforeEach
    void ready() {
        until("the server is ready", controlPlane::isReady);
    }

    @Test
    void saysWhatApplyingWouldDoAndDoesNothing() {
        JsonObject plan = json(200, SignedHttp.post("/staithe/v1/apply?dryRun=true", files(service("planned", 2))));
        assertTrue(plan.getBoolean("dryRun"));
        assertTrue(plan.getJsonArray("changes").encode().contains("\"create\""), plan.encode());
        assertTrue(feed.current().service(new ServiceId("default", "planned")).isEmpty());
    }

    @Test
    void namesEveryProblemWithItsPlace() {
        JsonObject refused = json(
                400,
                SignedHttp.post(
                        "/staithe/v1/apply", files("kind: Service\nserviceName: broken\ndesiredCount: many\n")));
        assertEquals("ValidationException", refused.getString("__type"));
        JsonObject error = refused.getJsonArray("errors").getJsonObject(0);
        assertEquals("test.yaml", error.getString("file"));
        assertEquals(3, error.getInteger("line"));
        assertEquals("desiredCount", error.getString("field"));
    }

    @Test
    void refusesWhatIsNotAskedForInItsShape() {
        assertEquals(400, SignedHttp.post("/staithe/v1/apply", "[1,2").statusCode());
        assertEquals(
                400, SignedHttp.post("/staithe/v1/apply", "{\"files\":[7]}").statusCode());
        assertEquals(
                400,
                SignedHttp.post("/staithe/v1/apply?dryRun=maybe", files("a: b")).statusCode());
        assertEquals(
                400, SignedHttp.post("/staithe/v1/describe", "{\"arns\":[7]}").statusCode());
        assertEquals(400, SignedHttp.post("/staithe/v1/describe", "{}").statusCode());
        assertEquals(404, SignedHttp.get("/staithe/v1/nothing").statusCode());
        assertEquals(400, SignedHttp.get("/staithe/v1/tasks/x/logs").statusCode());
    }

    @Test
    void tellsWhatHappensAndStreamsLogsAndExplains() throws IOException {
        try (ScriptedAgent agent =
                        ScriptedAgent.join("127.0.0.1", OneServer.GATEWAY_PORT, OneServer.joinToken(), "default");
                InputStream events = SignedHttp.open("/staithe/v1/events?cluster=default&service=streamed")
                        .body()) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
            assertEquals(": connected", lines.readLine());
            json(200, SignedHttp.post("/staithe/v1/apply", files(service("streamed", 1))));
            awaitLine(lines, "\"lastStatus\":\"RUNNING\"");

            Task task = task("streamed");
            HttpResponse<String> logs = SignedHttp.get("/staithe/v1/tasks/" + task.id() + "/logs");
            assertEquals(200, logs.statusCode(), logs.body());
            assertEquals(ScriptedAgent.LOG, logs.body());
            HttpResponse<InputStream> silent = SignedHttp.open("/staithe/v1/tasks/" + task.id() + "/logs?follow=true");
            assertEquals(200, silent.statusCode());
            silent.body().close();

            String arn = "arn:aws:ecs:us-east-1:123456789012:task/default/" + task.id();
            JsonObject more = json(200, SignedHttp.post("/staithe/v1/describe", "{\"arns\":[\"" + arn + "\"]}"))
                    .getJsonArray("items")
                    .getJsonObject(0);
            assertEquals(arn, more.getString("arn"));
            assertTrue(more.getJsonObject("placement").getInteger("hosts") >= 1, more.encode());

            JsonObject why = json(200, SignedHttp.get("/staithe/v1/explain/task/" + task.id()));
            assertFalse(why.getString("summary").isBlank());

            JsonObject deleted = json(200, SignedHttp.post("/staithe/v1/delete", files(service("streamed", 1))));
            assertTrue(deleted.getJsonArray("changes").encode().contains("\"delete\""), deleted.encode());
            awaitLine(lines, "\"lastStatus\":\"STOPPED\"");
            assertTrue(agent.started() >= 1);
        }
    }

    private Task task(String service) {
        return feed.current()
                .tasksOf(new ServiceId("default", service))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitLine(BufferedReader lines, String part) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) if (line.contains(part)) return;
        throw new AssertionError("the stream ended without " + part);
    }

    private static String service(String name, int count) {
        return "kind: Service\nserviceName: " + name + "\ndesiredCount: " + count
                + "\ntaskDefinition:\n  family: " + name
                + "\n  containerDefinitions:\n    - name: main\n      image: example/web:1\n      memory: 64\n";
    }

    private static String files(String content) {
        return new JsonObject()
                .put(
                        "files",
                        new JsonArray()
                                .add(new JsonObject().put("name", "test.yaml").put("content", content)))
                .encode();
    }

    private static JsonObject json(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        return new JsonObject(response.body());
    }
}
