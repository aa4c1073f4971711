package io.staithe.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Cli;
import io.staithe.cli.FakeApi;
import io.staithe.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyTest {
    private static final String REAL = "POST /staithe/v1/apply?dryRun=false";
    private static final String PLAN = "POST /staithe/v1/apply?dryRun=true";

    @TempDir
    private Path folder;

    private final FakeApi api = new FakeApi()
            .answer(REAL, result(false))
            .answer(PLAN, result(true))
            .answer(Samples.progressOf("web"), Samples.PROGRESS)
            .answer(Samples.progressOf("api"), Samples.PROGRESS);
    private final Cli cli = new Cli(api.url());
    private String file;

    private static String result(boolean dryRun) {
        return """
                {"revision":12,"dryRun":%s,"changes":[
                  {"kind":"TargetGroup","name":"web","action":"unchanged","differences":[]},
                  {"kind":"Service","name":"default/web","action":"update","differences":[
                    {"field":"desiredCount","from":1,"to":3},{"field":"taskDefinition","from":null,"to":"web:7"}]},
                  {"kind":"Service","name":"default/api","action":"create","differences":[]}],
                 "tasks":{"start":[{"task":"0123456789","service":"default/web","host":"host1","why":"spread over zones"}],
                  "move":[{"task":"fedcba9876","service":"default/web","from":"host1","to":"host2","why":"has 2 and 0"}],
                  "stop":[],"waiting":[{"task":"abcdef0123","why":"no host has 4096 MiB free"}]}}""".formatted(dryRun);
    }

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("b.yaml"), "kind: Service\n").toString();
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void saysWhatItChanged() {
        assertEquals("""
                = unchanged TargetGroup web
                ~ updated Service default/web
                      desiredCount: 1 → 3
                      taskDefinition: (none) → web:7
                + created Service default/api

                Tasks that start (1)
                  01234567  default/web  on host1  spread over zones

                Tasks that move (1)
                  fedcba98  default/web  from host1 to host2  has 2 and 0

                Tasks that wait (1)
                  abcdef01  no host has 4096 MiB free
                1 created, 1 updated, 1 unchanged
                """, cli.run("apply", "-f", file).ok());
        JsonNode sent = api.bodies(REAL).get(0).path("files").path(0);
        assertEquals(file, sent.path("name").asText());
        assertEquals("kind: Service\n", sent.path("content").asText());
    }

    @Test
    void plansWithoutChanging() {
        String out =
                cli.onTerminal().run("apply", "-f", file, "--plan", "--wait").ok();
        assertTrue(out.contains("~ update Service default/web"), out);
        assertTrue(out.contains("\u001b[31m1\u001b[0m → \u001b[32m3\u001b[0m"), out);
        assertTrue(out.endsWith("""

                Plan: 1 to create, 1 to update, 1 unchanged; nothing was changed
                Revision 12: apply with --revision 12 to do this and nothing else
                """), out);
        assertEquals(java.util.List.of(PLAN), api.asked());
    }

    @Test
    void appliesOnlyWhatWasPlanned() {
        String bound = "POST /staithe/v1/apply?dryRun=false&expectedRevision=12";
        api.refuse(bound, 400, "{\"__type\":\"ConflictException\",\"message\":\"the state moved since the plan\"}");
        assertEquals(
                "error: ConflictException: the state moved since the plan\n",
                cli.run("apply", "-f", file, "--revision", "12").err());
    }

    @Test
    void takesFoldersInTheOrderOfNamesAndStandardInput() throws IOException {
        Files.writeString(folder.resolve("a.json"), "{}");
        Files.writeString(folder.resolve("README.md"), "not for apply");
        cli.input("kind: Cluster\n")
                .run("apply", "-f", folder.toString(), "-f", "-")
                .ok();
        JsonNode files = api.bodies(REAL).get(0).path("files");
        assertEquals(3, files.size());
        assertTrue(files.path(0).path("name").asText().endsWith("a.json"));
        assertEquals("standard input", files.path(2).path("name").asText());
        assertEquals("kind: Cluster\n", files.path(2).path("content").asText());
    }

    @Test
    void refusesWhatIsNoFileOrTooMuch() throws IOException {
        assertEquals(
                "error: there is no file none.yaml\n",
                cli.run("apply", "-f", "none.yaml").err());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertTrue(cli.run("apply", "-f", empty.toString()).err().contains("no .yaml, .yml or .json file"));
        Path large = Files.write(folder.resolve("large.yaml"), new byte[1_200_000]);
        assertTrue(cli.run("apply", "-f", large.toString()).err().contains("larger than 1 MiB"));
        assertTrue(
                cli.input("x".repeat(1_200_000)).run("apply", "-f", "-").err().contains("larger than 1 MiB"));
        assertEquals(0, api.requests.size());
    }

    @Test
    void showsEveryErrorWithItsPlace() {
        api.refuse(REAL, 400, """
                {"__type":"ValidationException","message":"2 errors","errors":[
                  {"file":"web.yaml","document":2,"line":14,"field":"containerDefinitions[0].image","rule":"is required"},
                  {"file":"api.yaml","document":1,"line":3,"field":"","rule":"is not YAML"}]}""");
        Cli.Result result = cli.run("apply", "-f", file);
        assertEquals(1, result.code());
        assertEquals("""
                error: ValidationException: web.yaml, document 2, line 14: containerDefinitions[0].image: is required
                error: ValidationException: api.yaml, document 1, line 3: is not YAML
                """, result.err());
    }

    @Test
    void waitsUntilEveryServiceIsStable() {
        String[] rollout = {
            Samples.services(Samples.WEB),
            Samples.services(Samples.API),
            Samples.services(Samples.WEB),
            Samples.services(Samples.API),
            Samples.services(Samples.service("web", 3, 3, "COMPLETED")),
            Samples.services(Samples.API)
        };
        api.answerInTurn("DescribeServices", rollout);
        String out = cli.run("apply", "-f", file, "--wait").ok();
        assertTrue(out.endsWith("""
                        default/web  2 of 3 healthy, 1 old, waits for 1 of 3 tasks to become healthy
                        default/api  1/1 running, stable
                        default/web  3/3 running, stable
                        """), out);
    }

    @Test
    void rewritesTheLinesOnATerminal() {
        api.answerInTurn(
                "DescribeServices",
                Samples.services(Samples.WEB),
                Samples.services(Samples.API),
                Samples.services(Samples.service("web", 3, 3, "COMPLETED")),
                Samples.services(Samples.API));
        String out = cli.onTerminal()
                .run("apply", "-f", file, "--wait", "--no-color")
                .ok();
        assertTrue(out.contains("\r  new  █████████████░░░░░░░ 2/3 healthy, 2 running\u001b[K\n"), out);
        assertTrue(out.contains("\u001b[5A\rdefault/web  3/3 running, stable\u001b[K\n"), out);
        assertTrue(out.endsWith("\u001b[J"), "what four lines leave behind is cleared: " + out);
    }

    @Test
    void saysHowToGoOnWhenItIsInterrupted() {
        api.answer("DescribeServices", Samples.services(Samples.WEB));
        String err = cli.interrupted()
                .run("apply", "-f", file, "--wait", "--timeout", "0s")
                .err();
        assertTrue(
                err.endsWith("What was asked for goes on. `staithe deploy status default/web --watch` shows it again. "
                        + "`staithe deploy status default/api --watch` shows it again.\n"),
                err);
    }

    @Test
    void failsWithTheDeployment() {
        api.answer("DescribeServices", Samples.services(Samples.service("web", 3, 0, "FAILED")));
        Cli.Result result = cli.run("apply", "-f", file, "--wait");
        assertEquals(1, result.code());
        assertEquals("error: default/web: deployment failed: because\n", result.err());
    }

    @Test
    void failsWhenTheDeploymentIsRolledBack() {
        api.answerInTurn(
                "DescribeServices",
                Samples.services(Samples.WEB),
                Samples.services(Samples.API),
                Samples.services(Samples.WEB.replace("ecs-svc/1", "ecs-svc/2")),
                Samples.services(Samples.API));
        api.answer("GET /staithe/v1/history/web?cluster=default", """
                {"items":[{"number":"2","why":"in progress"},{"number":"1","why":"tasks failed; rolled back to 2"}]}
                """);
        Cli.Result result = cli.run("apply", "-f", file, "--wait");
        assertEquals(
                "error: default/web: deployment ecs-svc/1 was replaced by ecs-svc/2: tasks failed; rolled back to 2\n",
                result.err());
    }

    @Test
    void failsWhenTheTimeIsOver() {
        api.answer("DescribeServices", Samples.services(Samples.WEB));
        Cli.Result result = cli.run("apply", "-f", file, "--wait", "--timeout", "0s");
        assertEquals(1, result.code());
        assertTrue(
                result.err()
                        .startsWith("error: gave up waiting after 0 s: default/web is not stable, "
                                + "it waits for 1 of 3 tasks to become healthy; default/api is not stable"),
                result.err());
    }
}
