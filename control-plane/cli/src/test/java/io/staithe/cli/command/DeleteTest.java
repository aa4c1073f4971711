package io.staithe.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Cli;
import io.staithe.cli.FakeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting what files name. */
class DeleteTest {
    private static final String REAL = "POST /staithe/v1/delete?dryRun=false";
    private static final String PLAN = "POST /staithe/v1/delete?dryRun=true";
    private static final String STOPPING =
            "service default/web registers its tasks with it, and is still stopping them";

    @TempDir
    private Path folder;

    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(api.url());
    private String file;

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(folder.resolve("web.yaml"), "kind: Service\n").toString();
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void saysWhatItDeletedWhatWaitsAndWhatIsKept() {
        api.answer(
                REAL,
                result(
                        change("Service", "delete", "its tasks are stopped first"),
                        change("Listener", "absent", ""),
                        change("TargetGroup", "waits", STOPPING),
                        change("Cluster", "kept", "it has hosts")));
        assertEquals("""
                deleted Service web: its tasks are stopped first
                absent Listener web
                waits TargetGroup web: %s
                kept Cluster web: it has hosts
                what waits is still there: delete again later, or with --wait
                """.formatted(STOPPING), cli.run("delete", "-f", file).ok());
        JsonNode sent = api.bodies(REAL).get(0).path("files").path(0);
        assertEquals("kind: Service\n", sent.path("content").asText());
    }

    @Test
    void plansWithoutDeleting() {
        api.answer(PLAN, result(change("Service", "delete", ""), change("TargetGroup", "waits", STOPPING)));
        String out = cli.run("delete", "-f", file, "--plan", "--wait").ok();
        assertTrue(out.startsWith("delete Service web\n"), out);
        assertTrue(out.endsWith("nothing was deleted\n"), out);
        assertEquals(List.of(PLAN), api.asked());
    }

    @Test
    void waitsUntilAllIsGone() {
        api.answerInTurn(
                REAL,
                result(
                        change("Service", "delete", "its tasks are stopped first"),
                        change("Listener", "absent", ""),
                        change("TargetGroup", "waits", STOPPING)),
                result(
                        change("Service", "waits", "its tasks are still stopping"),
                        change("Listener", "absent", ""),
                        change("TargetGroup", "waits", STOPPING)),
                result(
                        change("Service", "absent", ""),
                        change("Listener", "absent", ""),
                        change("TargetGroup", "delete", "")),
                result(
                        change("Service", "absent", ""),
                        change("Listener", "absent", ""),
                        change("TargetGroup", "absent", "")));
        assertEquals(
                """
                Service web  its tasks are stopped first
                Listener web  absent
                TargetGroup web  %s
                Service web  its tasks are still stopping
                Service web  deleted
                TargetGroup web  deleted
                """.formatted(STOPPING), cli.run("delete", "-f", file, "--wait").ok());
        assertEquals(4, api.asked().size());
    }

    @Test
    void failsWhenSomethingDoesNotGoByItself() {
        api.answerInTurn(
                REAL,
                result(change("Service", "delete", ""), change("TargetGroup", "kept", "listener lb:80 forwards to it")),
                result(
                        change("Service", "absent", ""),
                        change("TargetGroup", "kept", "listener lb:80 forwards to it")));
        Cli.Result result = cli.run("delete", "-f", file, "--wait");
        assertEquals(1, result.code());
        assertEquals("error: TargetGroup web is kept: listener lb:80 forwards to it\n", result.err());
    }

    @Test
    void failsWhenTheTimeIsOver() {
        api.answer(REAL, result(change("TargetGroup", "waits", STOPPING)));
        Cli.Result result = cli.run("delete", "-f", file, "--wait", "--timeout", "0s");
        assertEquals(1, result.code());
        assertEquals("error: gave up waiting after 0 s: not everything is gone\n", result.err());
    }

    @Test
    void tellsProgramsWhatTheFirstRequestDid() {
        api.answerInTurn(REAL, result(change("Service", "delete", "")), result(change("Service", "absent", "")));
        String out = cli.run("delete", "-f", file, "--wait", "-o", "json").ok();
        assertTrue(out.contains("\"delete\""), out);
        assertTrue(!out.contains("absent"), out);
    }

    @Test
    void waitsForFilesOnly() {
        Cli.Result result = cli.run("delete", "service", "web", "--wait");
        assertEquals(2, result.code());
        assertTrue(result.err().contains("--plan and --wait are for -f FILE"), result.err());
    }

    private static String result(String... changes) {
        return "{\"changes\":[" + String.join(",", changes) + "]}";
    }

    private static String change(String kind, String action, String why) {
        return "{\"kind\":\"%s\",\"name\":\"web\",\"action\":\"%s\",\"why\":\"%s\"}".formatted(kind, action, why);
    }
}
