package io.staithe.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.cli.Cli;
import io.staithe.cli.FakeApi;
import io.staithe.cli.Samples;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetTest {
    private final FakeApi api = new FakeApi()
            .answer("ListServices", Samples.SERVICE_ARNS)
            .answer("DescribeServices", Samples.SERVICES)
            .answer(
                    "ListTasks",
                    body -> body.path("desiredStatus").asText().equals("RUNNING") ? Samples.TASK_ARNS : Samples.NO_ARNS)
            .answer("DescribeTasks", Samples.TASKS)
            .answer("ListContainerInstances", Samples.HOST_ARNS)
            .answer("DescribeContainerInstances", Samples.HOSTS)
            .answer(Samples.BOUGHT, Samples.NOTHING_MORE)
            .answer(Samples.MORE, Samples.NOTHING_MORE);
    private final Cli cli = new Cli(api.url());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void services() {
        assertEquals("""
                SERVICE   STATUS   DESIRED   RUNNING   PENDING   ROLLOUT       TASK DEFINITION   AGE
                api       ACTIVE   1         1         0         COMPLETED     api:7             17m
                web       ACTIVE   3         2         1         IN_PROGRESS   web:7             17m
                """, cli.run("get", "services").ok());
        assertEquals(
                "default", api.bodies("ListServices").get(0).path("cluster").asText());
        assertEquals(2, api.bodies("DescribeServices").get(0).path("services").size());
    }

    @Test
    void servicesWideOfAnotherCluster() {
        String out = cli.run("get", "svc", "-o", "wide", "--cluster", "prod").ok();
        assertTrue(out.contains("17m   (service web) has reached a steady state."), out);
        assertEquals("prod", api.bodies("ListServices").get(0).path("cluster").asText());
    }

    @Test
    void oneServiceIsOneCall() {
        api.answer("DescribeServices", Samples.services(Samples.WEB));
        assertTrue(cli.run("get", "service", "web").ok().contains("web:7"));
        assertEquals(List.of("DescribeServices"), api.asked());
    }

    @Test
    void tasks() {
        assertEquals("""
                TASK       OF    STATUS    HEALTH   HOST    PORTS       TASK DEFINITION   AGE
                aa000000   web   RUNNING   -        host1   32768->80   web:7             45s
                ab000000   web   PENDING   -        host2   32768->80   web:7             45s
                """, cli.run("get", "tasks").ok());
    }

    @Test
    void tasksWideSayUntilWhenTheyAreProtected() {
        api.answer(Samples.MORE, """
                {"items":[{"arn":"%s","protectedUntil":"2026-01-02T03:34:05Z"},{"arn":"%s","protectedUntil":"2026-01-02T03:04:05Z"}]}""".formatted(
                Samples.arn("task/default/" + Samples.id("aa")), Samples.arn("task/default/" + Samples.id("ab"))));
        List<String> lines = cli.run("get", "tasks", "-o", "wide").ok().lines().toList();
        assertTrue(lines.get(0).contains("PROTECTED UNTIL"), lines.get(0));
        assertTrue(lines.get(1).matches(".*app=RUNNING +\\d\\d:\\d4:05 .*"), lines.get(1));
        assertTrue(lines.get(2).matches(".*app=PENDING +- .*"), "over, and so not told: " + lines.get(2));
    }

    @Test
    void aTaskByTheBeginningOfItsId() {
        assertEquals(2, cli.run("get", "task", "aa").ok().lines().count());
        Cli.Result two = cli.run("get", "task", "a");
        assertEquals("error: a fits 2 tasks: " + Samples.id("aa") + ", " + Samples.id("ab") + "\n", two.err());
        assertEquals("error: there is no task f\n", cli.run("get", "task", "f").err());
    }

    @Test
    void theTasksOfAService() {
        assertEquals(3, cli.run("get", "tasks", "web").ok().lines().count());
    }

    @Test
    void jsonIsWhatTheApiSaid() {
        String json = cli.run("get", "task", "aa", "-o", "json").ok();
        assertTrue(json.startsWith("{\n  \"taskArn\""), json);
        assertTrue(!json.contains("hostName"), "nothing added");
        assertTrue(cli.run("get", "services", "-o", "json").ok().startsWith("[\n"), "a list is a list");
    }

    @Test
    void dataHasWhatEcsDoesNotKnowInTheWordsOfFiles() {
        api.answer(Samples.MORE, """
                {"items":[{"arn":"%s","placement":{"priority":10}}]}""".formatted(Samples.arn("service/default/web")));
        String yaml = cli.run("get", "services", "-o", "yaml").ok();
        assertTrue(yaml.contains("\n    placement:\n      priority: 10\n"), yaml);
        assertEquals(1, yaml.split("placement:", -1).length - 1, "of one service only");
        assertEquals(2, api.bodies(Samples.MORE).get(0).path("arns").size());
        cli.run("get", "services").ok();
        cli.run("get", "hosts", "-o", "yaml").ok();
        assertEquals(1, api.bodies(Samples.MORE).size(), "neither tables nor hosts ask for it");
    }

    @Test
    void yamlReadsWell() {
        String yaml = cli.run("get", "task", "aa", "-o", "yaml").ok();
        assertTrue(yaml.contains("lastStatus: RUNNING\n"), yaml);
        assertTrue(yaml.contains("  - hostPort: 32768\n"), yaml);
    }

    @Test
    void hosts() {
        String expected = """
                HOST    STATUS   AGENT       RUNNING   PENDING   CPU FREE   MEMORY FREE   TYPE   $/HOUR   PROVIDER   ZONE     ATTRIBUTES       AGE
                host1   ACTIVE   connected   2         0         512/1024   1024/2048     -      -        -          zone-a   disk=ssd,spare   17m
                host2   ACTIVE   connected   0         0         512/1024   1024/2048     -      -        -          zone-a   disk=ssd,spare   17m
                """;
        assertEquals(expected, cli.run("get", "hosts").ok());
        assertEquals(expected, cli.run("hosts").ok());
    }

    @Test
    void hostsThatWereBought() {
        api.answer(Samples.BOUGHT, """
                {"items":[%s,%s,%s]}""".formatted(
                        bought("a1", "READY", ""),
                        bought("c3", "FAILED", ",\"endReason\":\"it did not join in time\""),
                        bought("d4", "STOPPED", "")));
        List<String> lines = cli.run("hosts", "-o", "wide").ok().lines().toList();
        assertEquals(4, lines.size(), "those that are gone as they should be are not shown");
        assertTrue(lines.get(1).matches("host1 .* small \\(spot\\) +0.04 +pool .*"), lines.get(1));
        assertTrue(
                lines.get(3).matches("c3000000 +FAILED +it did not join in time .* small \\(spot\\) .* 4m .*"),
                lines.get(3));
        String json = cli.run("hosts", "-o", "json").ok();
        assertTrue(json.contains("\"endReason\" : \"it did not join in time\""), json);
        String described = cli.run("describe", "host", "c3").ok();
        assertTrue(described.contains("why: task t of service:web\n"), described);
    }

    private static String bought(String id, String status, String more) {
        return """
                {"arn":"%s","id":"%s","status":"%s","type":"small","spot":true,"costPerHour":0.04,"capacityProvider":"pool",
                 "why":"task t of service:web","requestedAt":"2026-01-02T03:00:00Z"%s}""".formatted(Samples.arn("container-instance/default/" + Samples.id(id)), Samples.id(id), status, more);
    }

    @Test
    void clusters() {
        api.answer("ListClusters", "{\"clusterArns\":[\"" + Samples.arn("cluster/default") + "\"]}")
                .answer("DescribeClusters", """
                        {"clusters":[{"clusterName":"default","status":"ACTIVE","activeServicesCount":2,
                        "runningTasksCount":3,"pendingTasksCount":0,"registeredContainerInstancesCount":2}]}""");
        assertEquals("""
                CLUSTER   STATUS   SERVICES   RUNNING   PENDING   HOSTS
                default   ACTIVE   2          3         0         2
                """, cli.run("get", "clusters").ok());
    }

    @Test
    void taskDefinitionsPageByPage() {
        api.answer(
                "ListTaskDefinitions",
                body -> body.has("nextToken")
                        ? "{\"taskDefinitionArns\":[\"" + Samples.arn("task-definition/web:2") + "\"]}"
                        : "{\"taskDefinitionArns\":[\"" + Samples.arn("task-definition/web:1")
                                + "\"],\"nextToken\":\"more\"}");
        assertEquals("""
                FAMILY   REVISION
                web      1
                web      2
                """, cli.run("get", "td").ok());
    }

    @Test
    void eventsOldestFirst() {
        List<String> lines = cli.run("get", "events", "web").ok().lines().toList();
        assertTrue(lines.get(1).endsWith("started 1 tasks."), lines.get(1));
    }

    @Test
    void traffic() {
        api.answer("GET /staithe/v1/target-groups", """
                        {"items":[{"name":"web","protocol":"HTTP","healthCheckPath":"/","targets":[
                          {"task":"aa000000000000","host":"host1","containerPort":80,"state":"HEALTHY"},
                          {"task":"ab000000000000","host":"host2","containerPort":80,"state":"INITIAL"}]}]}""")
                .answer(
                        "GET /staithe/v1/listeners",
                        "{\"items\":[{\"name\":\"lb:80\",\"protocol\":\"HTTP\",\"defaultAction\":{\"forward\":[{\"targetGroup\":\"web\",\"weight\":1}]}}]}")
                .answer("GET /staithe/v1/rules", """
                        {"items":[{"name":"lb:80/10","hosts":["a.example"],"paths":[],
                          "action":{"fixedResponse":{"statusCode":404}}}]}""")
                .answer("GET /staithe/v1/load-balancers", "{\"items\":[]}");
        assertEquals("""
                TARGET GROUP   PROTOCOL   HEALTH CHECK   HEALTHY   TARGETS
                web            HTTP       /              1/2       host1/aa000000:80=HEALTHY,host2/ab000000:80=INITIAL
                """, cli.run("get", "tg", "-o", "wide").ok());
        assertEquals("""
                LISTENER   PROTOCOL   BY DEFAULT
                lb:80      HTTP       forward to web
                """, cli.run("get", "listeners").ok());
        assertEquals("""
                RULE       HOSTS       PATHS   ACTION
                lb:80/10   a.example   -       answer 404
                """, cli.run("get", "rules").ok());
        assertEquals("no load-balancers\n", cli.run("get", "lb").ok());
    }
}
