package io.staithe.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import io.staithe.cli.Cli;
import io.staithe.cli.FakeApi;
import io.staithe.cli.Samples;
import io.staithe.cli.view.Times;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeploymentCommandsTest {
    private static final String PROGRESS = """
            {"service":"default/web","number":"17","state":"IN_PROGRESS","strategy":"CANARY","reason":"in progress",
             "stages":["SCALE_UP","BAKE_TIME"],"stage":"BAKE_TIME","waitingFor":"its bake time to pass",
             "until":"2026-01-02T03:05:05Z","desired":4,"failedTasks":1,"failureThreshold":3,"paused":false,
             "next":{"running":2,"healthy":2,"pending":0,"stopping":0,"trafficPercent":5.0},
             "old":{"running":4,"healthy":4,"pending":0,"stopping":0,"trafficPercent":95.0},
             "hooks":[],"slots":[{"slot":3,"failures":2,"until":"2026-01-02T03:04:15Z"}],
             "wayOut":"do something"}
            """;

    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(api.url());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void statusTellsTheStageWhatItWaitsForAndWhatCanBeDone() {
        api.answer("GET /staithe/v1/deployments/web?cluster=default", PROGRESS);
        String out = cli.run("deploy", "status", "web").ok();
        assertTrue(out.contains("SCALE_UP [BAKE_TIME]"), out);
        assertTrue(out.contains("its bake time to pass (60 s left)"), out);
        assertTrue(out.contains("5.0 % of the traffic"), out);
        assertTrue(out.contains("1 of 3 failures"), out);
        assertTrue(out.contains("Back-off    slot 3 waits until"), out);
        assertTrue(out.contains("do something"), out);
        assertTrue(cli.run("deploy", "status", "web", "-o", "json").ok().contains("\"CANARY\""));
    }

    @Test
    void watchesUntilItIsThrough() {
        api.answer("GET /staithe/v1/deployments/web?cluster=default", PROGRESS)
                .answerInTurn(
                        "DescribeServices",
                        Samples.services(Samples.WEB),
                        Samples.services(Samples.WEB),
                        Samples.services(Samples.service("web", 3, 3, "COMPLETED")));
        assertEquals(
                """
                default/web  2 of 4 healthy, 5.0 %% of the traffic, 4 old, BAKE_TIME, 1 of 3 failures, \
                waits for its bake time to pass (until %s)
                default/web  3/3 running, stable
                """.formatted(Times.clock(TextNode.valueOf("2026-01-02T03:05:05Z"), Cli.NOW)),
                cli.run("deploy", "status", "web", "--watch").ok());
        assertEquals(2, cli.run("deploy", "pause", "web", "--watch").code());
    }

    @Test
    void watchingFailsWithTheDeployment() {
        api.answer("GET /staithe/v1/deployments/web?cluster=default", PROGRESS)
                .answer("DescribeServices", Samples.services(Samples.service("web", 3, 0, "FAILED")));
        Cli.Result result = cli.run("deploy", "status", "web", "--watch");
        assertEquals(1, result.code());
        assertEquals("error: default/web: deployment failed: because\n", result.err());
    }

    @Test
    void asksForWhatIsToBeDone() {
        api.answer("POST /staithe/v1/deployments/web?cluster=prod&action=pause", "{\"number\":\"17\"}");
        api.answer("POST /staithe/v1/deployments/web?cluster=default&action=revert&to=123", "{\"number\":\"18\"}");
        assertTrue(cli.run("deploy", "pause", "prod/web").ok().contains("deployment 17: asked to pause"));
        assertTrue(cli.run("deploy", "rollback", "web", "--to", "123").ok().contains("deployment 18 goes back to 123"));
        assertEquals(2, cli.run("deploy", "pause", "web", "--to", "123").code());
        assertEquals(2, cli.run("deploy", "hurry", "web").code());
        assertEquals(2, api.asked().size());
    }

    @Test
    void historyListsWhatWasDeployed() {
        api.answer("GET /staithe/v1/history/web?cluster=default", """
                {"items":[{"number":"17","at":"2026-01-02T03:00:00Z","taskDefinition":"web:2","images":["web:2"],
                 "state":"SUCCESSFUL","why":"completed","by":"arn:aws:iam::000000000000:user/admin"}]}
                """);
        String out = cli.run("history", "web").ok();
        for (String cell : List.of("17", "web:2", "SUCCESSFUL", "admin", "completed"))
            assertTrue(out.contains(cell), out);
        assertTrue(cli.run("history", "web", "-o", "yaml").ok().contains("state: SUCCESSFUL"));
    }

    @Test
    void diffShowsFieldsOfBoth() {
        api.answer("GET /staithe/v1/diff/web?cluster=default&from=previous&to=current", """
                {"from":"1","to":"2","service":[{"field":"taskDefinition","from":"web:1","to":"web:2"}],
                 "taskDefinition":[{"field":"cpu","to":256}]}
                """);
        String out = cli.run("diff", "web").ok();
        assertTrue(out.contains("taskDefinition: web:1 → web:2"), out);
        assertTrue(out.contains("cpu: (none) → 256"), out);
    }

    @Test
    void alarmsAreSetAndListed() {
        api.answer("POST /staithe/v1/alarms/errors?state=ALARM&reason=many", "{\"state\":\"ALARM\"}");
        api.answer("GET /staithe/v1/alarms", "{\"items\":[{\"name\":\"errors\",\"state\":\"ALARM\"}]}");
        assertTrue(cli.run("alarm", "set", "errors", "ALARM", "--reason", "many")
                .ok()
                .contains("alarm errors: ALARM"));
        assertTrue(cli.run("get", "alarms").ok().contains("errors"));
    }
}
