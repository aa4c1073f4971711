package io.staithe.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Cli;
import io.staithe.cli.FakeApi;
import io.staithe.cli.Samples;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** logs, run, stop, drain. */
class TaskCommandsTest {
    private static final String JOB = Samples.arn("task/default/" + Samples.id("ee"));

    private final FakeApi api = new FakeApi()
            .answer(
                    "ListTasks",
                    body -> body.path("desiredStatus").asText().equals("STOPPED") ? Samples.NO_ARNS : Samples.TASK_ARNS)
            .answer("DescribeTasks", Samples.TASKS)
            .answer("ListContainerInstances", Samples.HOST_ARNS)
            .answer("DescribeContainerInstances", Samples.HOSTS)
            .answer(Samples.BOUGHT, Samples.NOTHING_MORE)
            .answer("DescribeServices", Samples.services(Samples.WEB))
            .answer("RunTask", "{\"failures\":[],\"tasks\":[{\"taskArn\":\"" + JOB + "\"}]}");
    private final Cli cli = new Cli(api.url());

    @AfterEach
    void close() {
        api.close();
    }

    private static String logsOf(String task, String query) {
        return "GET /staithe/v1/tasks/" + Samples.id(task) + "/logs?cluster=default&" + query;
    }

    @Test
    void logsOfOneTask() {
        api.answer(logsOf("aa", "follow=true&container=app&tail=5&since=2026-01-02T02%3A54%3A05Z"), "one\ntwo\n");
        assertEquals(
                "one\ntwo\n",
                cli.run("logs", "aa", "-f", "--tail", "5", "--since", "10m", "-c", "app")
                        .ok());
    }

    @Test
    void logsOfAServiceNameTheTask() {
        api.answer(logsOf("aa", "follow=false"), "hello\n").answer(logsOf("ab", "follow=false"), "hello\n");
        List<String> lines = cli.run("logs", "web").ok().lines().sorted().toList();
        assertEquals(List.of("aa000000 | hello", "ab000000 | hello"), lines);
    }

    @Test
    void logsThatAreRefused() {
        api.refuse(logsOf("aa", "follow=false"), 400, "{\"__type\":\"HostAwayException\",\"message\":\"out of reach\"}")
                .answer(logsOf("ab", "follow=false"), "");
        assertEquals(
                "error: HostAwayException: out of reach\n",
                cli.run("logs", "web").err());
    }

    @Test
    void runs() {
        assertEquals(
                "task " + Samples.id("ee") + "\n",
                cli.run("run", "job", "--count", "2").ok());
        JsonNode request = api.bodies("RunTask").get(0);
        assertEquals("job", request.path("taskDefinition").asText());
        assertEquals(2, request.path("count").asInt());
        assertTrue(request.path("clientToken").asText().length() >= 32, "a token against running twice");
    }

    @Test
    void saysHowToPlaceInASignedHeader() {
        cli.run("run", "job", "--priority", "10", "--all-or-nothing").ok();
        cli.run("run", "job").ok();
        assertEquals(
                List.of("priority=10,allOrNothing=true", ""),
                api.requests.stream().map(FakeApi.Request::run).toList());
    }

    @Test
    void runsAnotherCommandInTheFirstContainer() {
        api.answer("DescribeTaskDefinition", "{\"taskDefinition\":{\"containerDefinitions\":[{\"name\":\"app\"}]}}");
        cli.run("run", "job", "--command", "sh", "-c", "exit 7").ok();
        assertEquals(
                "[{\"name\":\"app\",\"command\":[\"sh\",\"-c\",\"exit 7\"]}]",
                api.bodies("RunTask")
                        .get(0)
                        .path("overrides")
                        .path("containerOverrides")
                        .toString());
    }

    @Test
    void waitsForTheExitCode() {
        api.answerInTurn("DescribeTasks", "{\"tasks\":[" + Samples.task("ee", "RUNNING", "a1") + "]}", ended(3));
        Cli.Result result = cli.run("run", "job", "--wait");
        assertEquals(3, result.code());
        assertEquals("""
                task %s
                ee000000  RUNNING
                ee000000  STOPPED  app ended with 3  Essential container in task exited
                """.formatted(Samples.id("ee")), result.out());
        api.answer("DescribeTasks", ended(0));
        assertEquals(0, cli.run("run", "job", "--wait").code());
    }

    @Test
    void makesAJob() {
        cli.run("run", "job", "--wait-for-capacity", "--retries", "3", "--max-run-time", "5m")
                .ok();
        cli.run("run", "job", "--priority", "1", "--wait-for-capacity=10m").ok();
        assertEquals(
                List.of(
                        "waitForCapacitySeconds=3600,retries=3,maxRunSeconds=300",
                        "priority=1,allOrNothing=false,waitForCapacitySeconds=600"),
                api.requests.stream().map(FakeApi.Request::run).toList());
    }

    @Test
    void waitsForTheTaskThatFollowsOneThatFailed() {
        String again = Samples.arn("task/default/" + Samples.id("ff"));
        api.answer(
                        "DescribeTasks",
                        body -> body.path("tasks").path(0).asText().equals(again)
                                ? "{\"tasks\":[" + Samples.ended("ff", 0) + "]}"
                                : ended(7))
                .answerInTurn(
                        "POST /staithe/v1/describe", job("ACTIVE", "ee"), job("ACTIVE", "ff"), job("SUCCEEDED", "ff"));
        assertEquals(0, cli.run("run", "job", "--retries", "1", "--wait").code());
    }

    private static String job(String status, String task) {
        return "{\"items\":[{\"job\":{\"status\":\"" + status + "\",\"task\":\"" + Samples.id(task) + "\"}}]}";
    }

    private static String ended(int code) {
        return "{\"tasks\":[" + Samples.ended("ee", code) + "]}";
    }

    @Test
    void saysWhyATaskCannotRun() {
        api.answer("RunTask", "{\"tasks\":[],\"failures\":[{\"reason\":\"RESOURCE:MEMORY\",\"detail\":\"4096\"}]}");
        assertEquals(
                "error: the task cannot run: RESOURCE:MEMORY 4096\n",
                cli.run("run", "job").err());
    }

    @Test
    void stops() {
        api.answer("StopTask", "{}");
        assertEquals(
                "stopping task " + Samples.id("aa") + "\n",
                cli.run("stop", "aa", "--reason", "enough").ok());
        JsonNode request = api.bodies("StopTask").get(0);
        assertEquals(
                Samples.arn("task/default/" + Samples.id("aa")),
                request.path("task").asText());
        assertEquals("enough", request.path("reason").asText());
    }

    @Test
    void protectsATask() {
        api.answer(
                "UpdateTaskProtection",
                body -> body.path("protectionEnabled").asBoolean()
                        ? "{\"failures\":[],\"protectedTasks\":[{\"protectionEnabled\":true,\"expirationDate\":1767409445}]}"
                        : "{\"failures\":[],\"protectedTasks\":[{\"protectionEnabled\":false}]}");
        String out = cli.run("protect", "aa", "--minutes", "1440").ok();
        assertTrue(out.matches("task " + Samples.id("aa") + " is protected until 2026-01-0[34] \\d\\d:04:05\n"), out);
        cli.run("protect", "aa").ok();
        assertEquals(
                "task " + Samples.id("aa") + " is protected no longer\n",
                cli.run("protect", "aa", "--off").ok());
        List<JsonNode> requests = api.bodies("UpdateTaskProtection");
        assertEquals(1440, requests.get(0).path("expiresInMinutes").asInt());
        assertTrue(requests.get(1).path("expiresInMinutes").isMissingNode(), "the API's own default");
        assertEquals(
                Samples.arn("task/default/" + Samples.id("aa")),
                requests.get(2).path("tasks").get(0).asText());
    }

    @Test
    void saysWhyATaskCannotBeProtected() {
        api.answer(
                "UpdateTaskProtection",
                "{\"failures\":[{\"reason\":\"TASK_NOT_VALID\",\"detail\":\"It is alone.\"}],\"protectedTasks\":[]}");
        assertEquals(
                "error: the task cannot be protected: TASK_NOT_VALID: It is alone.\n",
                cli.run("protect", "aa").err());
    }

    @Test
    void drainsAHostAndWaits() {
        api.answer("UpdateContainerInstancesState", "{\"failures\":[],\"containerInstances\":[]}")
                .answerInTurn("DescribeContainerInstances", Samples.HOSTS, Samples.HOSTS, Samples.hosts(0));
        assertEquals("""
                host host1 is draining
                host1  2 tasks left
                host1  empty
                """, cli.run("drain", "host1", "--wait").ok());
        JsonNode request = api.bodies("UpdateContainerInstancesState").get(0);
        assertEquals("DRAINING", request.path("status").asText());
        assertEquals(1, request.path("containerInstances").size());
    }

    @Test
    void drainsUntilADeadline() {
        api.answer("UpdateContainerInstancesState", "{\"failures\":[],\"containerInstances\":[]}");
        cli.run("drain", "b2", "--deadline", "10m").ok();
        FakeApi.Request last = api.requests.get(api.requests.size() - 1);
        assertEquals("600", last.drainDeadline());
        assertEquals(
                "error: --deadline and --undo exclude each other\n",
                cli.run("drain", "b2", "--deadline", "10m", "--undo").err());
    }

    @Test
    void takesADrainBack() {
        api.answer("UpdateContainerInstancesState", "{}");
        assertEquals(
                "host host2 takes tasks again\n",
                cli.run("drain", "b2", "--undo").ok());
        assertEquals(
                "ACTIVE",
                api.bodies("UpdateContainerInstancesState")
                        .get(0)
                        .path("status")
                        .asText());
    }

    @Test
    void setsAndRemovesAttributesOfAHost() {
        api.answer("PutAttributes", "{}").answer("DeleteAttributes", "{}");
        assertEquals(
                """
                ATTRIBUTE               VALUE
                disk                    ssd
                ecs.availability-zone   zone-a
                spare                   -
                """,
                cli.run("hosts", "attributes", "host1", "disk=ssd", "url=a=b", "spare=", "rack-")
                        .ok());
        String target = "\"targetId\":\"" + Samples.arn("container-instance/default/" + Samples.id("a1")) + "\"";
        assertEquals(
                ("[{\"name\":\"disk\",\"value\":\"ssd\",%1$s},{\"name\":\"url\",\"value\":\"a=b\",%1$s},"
                                + "{\"name\":\"spare\",%1$s}]")
                        .formatted(target),
                api.bodies("PutAttributes").get(0).path("attributes").toString());
        assertEquals(
                "[{\"name\":\"rack\",%s}]".formatted(target),
                api.bodies("DeleteAttributes").get(0).path("attributes").toString());
    }

    @Test
    void showsAttributesWithoutAChange() {
        assertEquals(4, cli.run("hosts", "attributes", "host2").ok().lines().count());
        assertTrue(api.asked().stream().noneMatch(asked -> asked.endsWith("Attributes")));
    }
}
