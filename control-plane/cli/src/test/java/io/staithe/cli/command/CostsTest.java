package io.staithe.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.cli.Cli;
import io.staithe.cli.FakeApi;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostsTest {
    private static final String ANSWER = """
            {"from": "2026-01-01T03:04:05Z", "to": "2026-01-02T03:04:05Z", "currency": "USD", "items": [
              {"cluster": "default", "name": "service:web", "capacityProvider": "FARGATE", "tasks": 2, "taskSeconds": 7200,
               "vcpuSeconds": 1800, "gbSeconds": 3600, "storageGbSeconds": 0, "hosts": 0, "hostSeconds": 0,
               "hostVcpuSeconds": 0, "hostGbSeconds": 0, "cost": 0.024685},
              {"cluster": "default", "capacityProvider": "pool", "tasks": 0, "taskSeconds": 0, "vcpuSeconds": 0,
               "gbSeconds": 0, "storageGbSeconds": 0, "hosts": 1, "hostSeconds": 3600, "hostVcpuSeconds": 7200,
               "hostGbSeconds": 28800, "cost": 0.1}],
             "total": {"tasks": 2, "taskSeconds": 7200, "vcpuSeconds": 1800.125, "gbSeconds": 3600, "storageGbSeconds": 0,
               "hosts": 1, "hostSeconds": 3600, "hostVcpuSeconds": 7200, "hostGbSeconds": 28800, "cost": 0.124685},
             "notes": ["2 tasks are known only as a sum"]}
            """;

    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(api.url());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsServicesHostsAndTheTotal() {
        api.answer("GET /staithe/v1/costs?by=service", ANSWER);
        List<String> lines = cli.run("costs").ok().lines().toList();
        assertEquals(
                List.of(
                        "CLUSTER   SERVICE   CAPACITY PROVIDER   TASKS   VCPU-SECONDS   GB-SECONDS   COST",
                        "default   web       FARGATE             2       1800           3600         $0.024685",
                        "default   (hosts)   pool                0       0              0            $0.10",
                        "total     -         -                   2       1800.13        3600         $0.124685",
                        "note: 2 tasks are known only as a sum"),
                lines.subList(1, lines.size()));
    }

    @Test
    void showsWhatHostsHadAndWhatWasUsedOfIt() {
        api.answer("GET /staithe/v1/costs?by=host", ANSWER);
        String out = cli.run("costs", "--by", "host").ok();
        assertTrue(out.contains("HOST VCPU-SECONDS"), out);
        assertTrue(out.contains("$0.124685"), out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--by cluster|by=cluster",
                "--by capacityProvider --since 2h|by=capacityProvider&since=2h",
                "--by task --from 2026-01-01 --to 2026-01-02T00:00:00Z|by=task&from=2026-01-01&to=2026-01-02T00%3A00%3A00Z",
                "--cluster prod|by=service&cluster=prod"
            })
    void asksForIt(String arguments, String query) {
        api.answer("GET /staithe/v1/costs?" + query, ANSWER);
        cli.run(("costs " + arguments).split(" ")).ok();
        assertEquals(List.of("GET /staithe/v1/costs?" + query), api.asked());
    }

    @Test
    void theClusterMayBeNamedBeforeTheCommand() {
        api.answer("GET /staithe/v1/costs?by=service&cluster=prod", ANSWER);
        cli.run("--cluster", "prod", "costs").ok();
    }

    @Test
    void givesProgramsWhatTheApiAnswered() {
        api.answer("GET /staithe/v1/costs?by=service", ANSWER);
        assertTrue(cli.run("costs", "-o", "yaml").ok().contains("cost: 0.124685"));
        assertTrue(cli.run("costs", "-o", "json").ok().contains("\"vcpuSeconds\" : 1800.125"));
    }

    @Test
    void saysWhatIsWrong() {
        assertEquals(2, cli.run("costs", "--by", "pod").code());
        assertEquals(
                2, cli.run("costs", "--since", "1h", "--from", "2026-01-01").code());
        api.refuse(
                "GET /staithe/v1/costs?by=service&since=soon",
                400,
                "{\"__type\":\"ValidationException\",\"message\":\"since: must be a time such as 90s\"}");
        assertEquals(
                "error: ValidationException: since: must be a time such as 90s\n",
                cli.run("costs", "--since", "soon").err());
    }
}
