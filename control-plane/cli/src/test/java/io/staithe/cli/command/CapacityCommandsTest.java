package io.staithe.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.cli.Cli;
import io.staithe.cli.FakeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CapacityCommandsTest {
    private final FakeApi api = new FakeApi();
    private final Cli cli = new Cli(api.url());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void plan() {
        api.answer("POST /staithe/v1/apply?dryRun=true", """
                {"hosts":[
                  {"action":"buy","type":"large","capacityProvider":"FARGATE","hostGroup":"pool","count":2,"costPerHour":0.14,
                   "why":"task a and 3 more","whyType":"2 large for 8 tasks"},
                  {"action":"give back","type":"small","capacityProvider":"FARGATE","hostGroup":"pool","count":1,
                   "costPerHour":0.04,"why":"task b","whyType":""}],
                 "capacity":{
                   "providers":[{"cluster":"default","capacityProvider":"FARGATE","hostGroup":"pool","hosts":2,
                     "costPerHour":0.14,"lowerBoundPerHour":0.12,"totalPerHour":0.2}],
                   "noHost":[{"cluster":"default","capacityProvider":"FARGATE","code":"BUDGET","why":"too dear","tasks":1}]},
                 "notes":[]}
                """);
        assertEquals(
                """
                            HOST TYPE   COUNT   $/HOUR   $/MONTH   PROVIDER   GROUP   WHY
                buy         large       2       0.14     102.20    FARGATE    pool    task a and 3 more
                give back   small       1       -0.04    -29.20    FARGATE    pool    task b
                  large: 2 large for 8 tasks

                What is bought costs
                PROVIDER   CLUSTER   HOSTS   $/HOUR   AT LEAST   $/MONTH   WITH THOSE THERE $/HOUR
                FARGATE    default   2       0.14     0.12       102.20    0.2
                together $0.14 an hour, $102.20 a month

                No host for
                  1 task of FARGATE: BUDGET: too dear
                Nothing was changed.
                """,
                cli.input("kind: Cluster").run("capacity", "plan", "-f", "-").ok());
        assertEquals(
                "kind: Cluster",
                api.bodies("POST /staithe/v1/apply?dryRun=true")
                        .get(0)
                        .path("files")
                        .path(0)
                        .path("content")
                        .asText());
        assertEquals(2, cli.run("capacity", "plan").code(), "without files");
    }

    @Test
    void explain() {
        api.answer("GET /staithe/v1/capacity?cluster=default&name=pool", """
                {"cluster":"default","capacityProviders":[
                  {"name":"pool","hostGroup":"pool","hosts":{"READY":2,"STARTING":1},"costPerHour":0.12,"targetCapacity":80,
                   "reservation":66,"inUse":2,"wanted":3,"waiting":4,"warm":2,"warmMissing":1,
                   "hindrance":{"capacityProvider":"pool","code":"HOSTS_FAIL","message":"2 hosts failed","tasks":4},
                   "pausedUntil":"2026-01-02T03:05:05Z",
                   "fates":[{"host":"0123456789","type":"small","status":"READY","why":"nothing runs","goesAt":"2026-01-02T03:04:35Z"}]}],
                 "hostGroups":[{"name":"pool","provider":"ec2","hosts":{"READY":2},"min":1,"max":10,"costPerHour":0.12,
                   "budgetPerHour":2.5,"providerFails":"no credentials","providerRestsUntil":"2026-01-02T03:06:05Z"}]}
                """);
        assertEquals("""

                Capacity provider pool
                  Host group     pool
                  Hosts          2 READY, 1 STARTING, $0.12 an hour
                  Reservation    66 % of the hosts are in use or needed (target 80 %): 2 in use, 3 wanted
                  Warm room      2 kept, 1 missing
                  Without a host 4 tasks, beyond the hosts on their way
                  Waits for      4 tasks of pool: HOSTS_FAIL: 2 hosts failed
                  Paused         hosts failed: the next is requested in 60s
                  HOST       TYPE    STATUS   GOES IN   WHY
                  01234567   small   READY    30s       nothing runs

                Host group pool
                  Provider       ec2 fails: no credentials; asked again in 2m
                  Hosts          2 READY; at least 1, at most 10
                  Cost           $0.12 an hour of a budget of $2.5
                """, cli.run("capacity", "explain", "pool").ok());
        assertTrue(cli.run("capacity").ok().contains("explain"));
    }

    @Test
    void explainsNothing() {
        api.answer("GET /staithe/v1/capacity?cluster=default", "{\"cluster\":\"default\"}");
        assertEquals(
                "no capacity provider buys hosts for cluster default\n",
                cli.run("capacity", "explain").ok());
    }
}
