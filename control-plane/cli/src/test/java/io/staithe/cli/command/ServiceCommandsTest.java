package io.staithe.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.staithe.cli.Cli;
import io.staithe.cli.FakeApi;
import io.staithe.cli.Samples;
import io.staithe.cli.view.Times;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** describe, delete, scale, explain. */
class ServiceCommandsTest {
    private final FakeApi api = new FakeApi()
            .answer("DescribeServices", Samples.services(Samples.WEB))
            .answer("ListServices", Samples.SERVICE_ARNS)
            .answer(
                    "ListTasks",
                    body -> body.path("desiredStatus").asText().equals("RUNNING") ? Samples.TASK_ARNS : Samples.NO_ARNS)
            .answer("DescribeTasks", Samples.TASKS)
            .answer("ListContainerInstances", Samples.HOST_ARNS)
            .answer("DescribeContainerInstances", Samples.HOSTS)
            .answer(Samples.BOUGHT, Samples.NOTHING_MORE)
            .answer(Samples.MORE, Samples.NOTHING_MORE)
            .answer(Samples.progressOf("web"), Samples.PROGRESS);
    private final Cli cli = new Cli(api.url());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void describesAServiceWithAllThatBelongsToIt() {
        String out = cli.run("describe", "service", "web").ok();
        assertTrue(out.startsWith("""
                        Service          default/web
                        Status           ACTIVE
                        Tasks            3 desired, 2 running, 1 pending
                        Task definition  web:7
                        Traffic          web -> app:80
                        Created          17m ago

                        Deployments
                          STATUS    ROLLOUT       DESIRED   RUNNING   FAILED   AGE   REASON
                          PRIMARY   IN_PROGRESS   3         2         0        17m   because

                        Tasks
                        """), out);
        assertTrue(out.contains("aa000000   web   RUNNING"), out);
        assertTrue(out.endsWith("(service web) has reached a steady state.\n"), out);
    }

    @Test
    void describesWhatWaitsAfterFailuresAndHowItWaitsNoLonger() {
        String held = """
                "slots":[{"slot":3,"failures":4,"until":"2026-01-02T03:06:05Z"},
                  {"host":"0123","failures":2,"until":"2026-01-02T03:04:15Z"}],""";
        api.answer(
                Samples.progressOf("web"),
                Samples.PROGRESS.replace("\"desired\":3,\"failedTasks\"", held + "\"failedTasks\""));
        String out = cli.run("describe", "service", "web").ok();
        assertTrue(out.contains("""

                        Back-off
                          slot 3 waits until %s after 4 failures in a row
                          host 0123 waits until %s after 2 failures in a row
                          `staithe deploy continue default/web` starts them at once; so does another deployment

                        Tasks
                        """.formatted(clock("2026-01-02T03:06:05Z"), clock("2026-01-02T03:04:15Z"))), out);
    }

    private static String clock(String time) {
        return Times.clock(TextNode.valueOf(time), Cli.NOW);
    }

    @Test
    void describesADaemonService() {
        String daemon =
                Samples.WEB.replace("\"status\":\"ACTIVE\"", "\"status\":\"ACTIVE\",\"schedulingStrategy\":\"DAEMON\"");
        api.answer("DescribeServices", Samples.services(daemon));
        String out = cli.run("describe", "service", "web").ok();
        assertTrue(out.contains("Strategy         DAEMON: one task on each host that qualifies"), out);
        assertTrue(cli.run("get", "services", "-o", "wide").ok().contains("DAEMON"));
    }

    @Test
    void describesWhatEcsDoesNotKnow() {
        api.answer(Samples.MORE, """
                {"items":[{"arn":"%s","lostAfterSeconds":60,"disruptionBudget":{"movesAtOnce":1,"movesPerHour":4},
                 "placement":{"priority":10,"allOrNothing":true,"headroom":2,
                   "preferences":[{"expression":"attribute:disk == ssd","weight":50}],
                   "maxSkew":[{"field":"attribute:ecs.availability-zone","max":1}]}}]}
                """.formatted(Samples.arn("service/default/web")));
        String out = cli.run("describe", "service", "web").ok();
        assertTrue(out.contains("""
                Placement        priority 10
                Placement        prefers attribute:disk == ssd (weight 50)
                Placement        at most 1 more on one ecs.availability-zone than on another
                Placement        all that wait, or none
                Placement        room for 2 more
                Placement        at most 1 moved at once, and 4 an hour
                Placement        replaced when its host is out of reach for 60 s
                Created          17m ago
                """), out);
        assertEquals(
                "{\"arns\":[\"" + Samples.arn("service/default/web") + "\"]}",
                api.bodies(Samples.MORE).get(0).toString());
    }

    @Test
    void describesTheRestAsYaml() {
        assertTrue(cli.run("describe", "host", "host1").ok().contains("ec2InstanceId: host1\n"));
        assertEquals(
                "error: web has 2 tasks: name one\n",
                cli.run("describe", "tasks", "web").err());
    }

    @Test
    void scales() {
        api.answer("UpdateService", "{\"service\":" + Samples.WEB + "}");
        assertEquals("prod/web: 3 → 5\n", cli.run("scale", "prod/web", "5").ok());
        JsonNode request = api.bodies("UpdateService").get(0);
        assertEquals("{\"cluster\":\"prod\",\"service\":\"web\",\"desiredCount\":5}", request.toString());
    }

    @Test
    void scalesAndWaits() {
        api.answer("UpdateService", "{}")
                .answerInTurn(
                        "DescribeServices",
                        Samples.services(Samples.WEB),
                        Samples.services(Samples.service("web", 1, 1, "COMPLETED")));
        assertEquals("""
                default/web: 3 → 1
                default/web  1/1 running, stable
                """, cli.run("scale", "web", "1", "--wait").ok());
    }

    @Test
    void deletesAService() {
        api.answer("DeleteService", "{}");
        assertEquals(
                "deleted service web\n", cli.run("delete", "service", "web").ok());
        assertEquals(
                "{\"cluster\":\"default\",\"service\":\"web\",\"force\":true}",
                api.bodies("DeleteService").get(0).toString());
    }

    @Test
    void deletesWhatEcsHas() {
        api.answer("DeleteCluster", "{}")
                .answer("StopTask", "{}")
                .answer("DeregisterContainerInstance", "{}")
                .answer(
                        "DeregisterTaskDefinition",
                        "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + Samples.arn("task-definition/web:7")
                                + "\"}}");
        assertEquals(
                "deleted cluster old\n", cli.run("delete", "cluster", "old").ok());
        assertEquals(
                "deleted task " + Samples.id("aa") + "\n",
                cli.run("delete", "task", "aa").ok());
        assertEquals("deleted host host2\n", cli.run("delete", "host", "b2").ok());
        assertEquals(
                "deleted task-definition web:7\n",
                cli.run("delete", "td", "web:7").ok());
        assertEquals(
                "error: events cannot be deleted: they are history\n",
                cli.run("delete", "events", "x").err());
    }

    @Test
    void deletesTraffic() {
        api.answer("GET /staithe/v1/listeners", "{\"items\":[{\"name\":\"lb:8080\"}]}")
                .answer("DELETE /staithe/v1/listeners/lb%3A8080", "");
        assertEquals(
                "deleted listener lb:8080\n",
                cli.run("delete", "listener", "lb").ok());
    }

    @Test
    void explains() {
        String task = Samples.id("ab");
        api.answer("GET /staithe/v1/explain/task/" + task + "?cluster=default", """
                {"about":"task ab of service web","summary":"It waits for a host.","lines":["host1: 512 MiB are missing"],
                 "events":[{"at":"2026-01-02T03:00:00Z","code":"X","message":"was placed on nothing"}]}""");
        String out = cli.run("explain", "task", "ab").ok();
        assertTrue(out.startsWith("""
                        task ab of service web
                        It waits for a host.
                          host1: 512 MiB are missing

                        """), out);
        assertTrue(out.endsWith("was placed on nothing\n"), out);
        assertEquals(out, cli.run("explain", "ab").ok());
        api.answer("GET /staithe/v1/explain/task/dead?cluster=default", """
                {"about":"task dead","summary":"It stopped.","lines":[],"events":[]}""");
        assertEquals(
                "task dead\nIt stopped.\n", cli.run("explain", "task", "dead").ok());
        assertEquals("task dead\nIt stopped.\n", cli.run("explain", "dead").ok());
        assertEquals(
                "error: there is no service, host or task nobody\n",
                cli.run("explain", "nobody").err());
    }
}
