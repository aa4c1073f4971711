package io.staithe.server.http;

import static io.staithe.server.state.Until.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.server.SignedRequest;
import io.staithe.server.auth.AccessKeys;
import io.staithe.server.gateway.LogReader;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Logs that are asked of a process which does not hold the host's session, over HTTP. */
final class LogRelayTest {
    private static final AccessKeys SECRETS =
            new AccessKeys(new SecretKeySpec(new byte[32], "AES"), new SecureRandom());
    private static final AccessKeys.Created ADMIN = SECRETS.create("admin", Instant.EPOCH);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final World world = new World();
    private final ContainerInstance host = world.host("host", 1024, 1024);
    private Task task;
    private ApiProcess asked;
    private ApiProcess holder;

    @BeforeEach
    void aTaskOnAHostOfTheOther() {
        task = GivenTask.task(1)
                .of(world.definition("web", 1, 64))
                .on(host, LastStatus.RUNNING)
                .build();
        world.put(task);
        asked = new ApiProcess("one", ADMIN.key(), SECRETS);
        holder = new ApiProcess("two", ADMIN.key(), SECRETS);
        holder.connected = true;
        sessionWith("two", holder.url());
    }

    @AfterEach
    void close() {
        asked.close();
        holder.close();
    }

    @Test
    void comeFromTheProcessThatHoldsIt() throws Exception {
        HttpResponse<InputStream> answer = open("?follow=true&container=app");
        assertEquals(200, answer.statusCode());
        LogReader reader = holder.reader();
        try (InputStream body = answer.body()) {
            assertTrue(reader.chunk("app", bytes("one\n")));
            assertEquals("one\n", new String(body.readNBytes(4), StandardCharsets.UTF_8), "while it goes on");
            assertTrue(reader.chunk("app", bytes("two\n")));
            reader.end("");
            assertEquals("two\n", new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        until("no stream is left", () -> asked.openStreams() == 0 && holder.openStreams() == 0);
    }

    @Test
    void endWithTheirReader() throws Exception {
        HttpResponse<InputStream> answer = open("?follow=true");
        holder.reader();
        answer.body().close();
        until("the holder hears of it", () -> holder.cancelled() == 1);
        until("no stream is left", () -> asked.openStreams() == 0 && holder.openStreams() == 0);
    }

    @Test
    void areForWhoeverMayReadThemThere() throws Exception {
        holder.connected = false;
        HttpResponse<InputStream> answer = open("");
        assertEquals(503, answer.statusCode());
        assertTrue(text(answer).contains("is not connected to this control plane"), "the holder's own words");
        until("no stream is left", () -> asked.openStreams() == 0);
    }

    @Test
    void arePassedOnOnceOnly() throws Exception {
        holder.state = stateWith("one", asked.url());
        HttpResponse<InputStream> answer = open("");
        assertEquals(503, answer.statusCode());
        assertTrue(text(answer).contains("has just moved to another control plane process"));
        until("no stream is left", () -> asked.openStreams() == 0 && holder.openStreams() == 0);
    }

    @Test
    void ofAProcessThatIsGoneAreRefused() throws Exception {
        URI gone = holder.url();
        holder.close();
        holder = new ApiProcess("another", ADMIN.key(), SECRETS);
        sessionWith("two", gone);
        HttpResponse<InputStream> answer = open("");
        assertEquals(503, answer.statusCode());
        assertTrue(text(answer).contains("does not answer"));
        until("no stream is left", () -> asked.openStreams() == 0);
    }

    @Test
    void ofAProcessThatDoesNotSayWhereItIsAreRefused() throws Exception {
        sessionWith("two", null);
        HttpResponse<InputStream> answer = open("");
        assertEquals(503, answer.statusCode());
        assertTrue(text(answer).contains("process two, which has no staithe.api.advertised-url"));
    }

    @Test
    void takeOneOfTheStreamsThatAProcessHas() throws Exception {
        try (InputStream first = open("?follow=true").body();
                InputStream second = open("?follow=true").body()) {
            assertEquals(2, asked.openStreams());
            HttpResponse<InputStream> third = open("?follow=true");
            assertEquals(503, third.statusCode());
            assertTrue(text(third).contains("Too many requests"));
            assertEquals(0, first.available() + second.available());
        }
    }

    private void sessionWith(String process, @Nullable URI url) {
        asked.state = stateWith(process, url);
        holder.state = asked.state;
    }

    private ClusterState stateWith(String process, @Nullable URI url) {
        world.put(new AgentSession(host.id(), process, 1, world.now, true, url == null ? null : url.toString()));
        return world.state();
    }

    private HttpResponse<InputStream> open(String query) throws Exception {
        URI uri = asked.url().resolve("/staithe/v1/tasks/" + task.id() + "/logs" + query);
        AwsBasicCredentials admin = AwsBasicCredentials.create(ADMIN.key().id(), ADMIN.secret());
        return HTTP.send(SignedRequest.of("GET", uri, "", admin), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String text(HttpResponse<InputStream> answer) throws Exception {
        try (InputStream body = answer.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
