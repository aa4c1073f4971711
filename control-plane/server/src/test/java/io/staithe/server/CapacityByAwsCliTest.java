package io.staithe.server;

import static io.staithe.server.state.Until.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Capacity providers by {@code aws ecs}, on a whole server. */
@QuarkusTest
@TestProfile(OneServer.class)
@Tag("quarkus")
class CapacityByAwsCliTest {
    private static final String GROUP = """
            kind: HostGroup
            name: pool
            provider: static
            types: [{name: small, vcpu: 1, memory: 2 GB, price: 0.04}]
            max: 3
            """;

    @BeforeEach
    void ready() throws Exception {
        until("the server is ready", OneServer::isReady);
        var body = new io.vertx.core.json.JsonObject()
                .put(
                        "files",
                        new io.vertx.core.json.JsonArray()
                                .add(new io.vertx.core.json.JsonObject()
                                        .put("name", "pool.yaml")
                                        .put("content", GROUP)));
        assertEquals(200, SignedHttp.post("/staithe/v1/apply", body.encode()).statusCode());
    }

    @Test
    void createsShowsChangesUsesAndDeletesACapacityProvider() throws Exception {
        String created = ecs(
                "create-capacity-provider",
                "--name",
                "mine",
                "--auto-scaling-group-provider",
                "autoScalingGroupArn=pool,managedScaling={status=ENABLED,targetCapacity=80},"
                        + "managedTerminationProtection=DISABLED,managedDraining=ENABLED",
                "--tags",
                "key=team,value=infra");
        assertTrue(created.contains(":capacity-provider/mine") && created.contains("\"targetCapacity\": 80"), created);
        String updated = ecs(
                "update-capacity-provider",
                "--name",
                "mine",
                "--auto-scaling-group-provider",
                "managedScaling={status=ENABLED,targetCapacity=100}");
        assertTrue(updated.contains("\"targetCapacity\": 100"), updated);

        String cluster = ecs(
                "create-cluster",
                "--cluster-name",
                "bought",
                "--capacity-providers",
                "mine",
                "--default-capacity-provider-strategy",
                "capacityProvider=mine,weight=1");
        assertTrue(cluster.contains("\"mine\""), cluster);
        cluster = ecs(
                "put-cluster-capacity-providers",
                "--cluster",
                "bought",
                "--capacity-providers",
                "mine",
                "FARGATE",
                "FARGATE_SPOT",
                "--default-capacity-provider-strategy",
                "capacityProvider=mine,weight=2,base=1");
        assertTrue(cluster.contains("\"FARGATE_SPOT\"") && cluster.contains("\"weight\": 2"), cluster);

        String shown = ecs("describe-capacity-providers", "--capacity-providers", "mine", "--include", "TAGS");
        assertTrue(shown.contains("\"ACTIVE\"") && shown.contains("\"infra\""), shown);
        String all = ecs("describe-capacity-providers");
        assertTrue(all.contains("\"FARGATE\"") && all.contains("\"mine\""), all);

        ecs(
                "register-task-definition",
                "--family",
                "bought",
                "--container-definitions",
                "[{\"name\": \"app\", \"image\": \"app:1\", \"memory\": 64}]");
        String service = ecs(
                "create-service",
                "--cluster",
                "bought",
                "--service-name",
                "web",
                "--task-definition",
                "bought",
                "--desired-count",
                "0",
                "--capacity-provider-strategy",
                "capacityProvider=mine,weight=1,base=0");
        assertTrue(service.contains("\"capacityProviderStrategy\"") && service.contains("\"mine\""), service);
        String task = ecs(
                "run-task",
                "--cluster",
                "bought",
                "--task-definition",
                "bought",
                "--capacity-provider-strategy",
                "capacityProvider=mine,weight=1");
        assertTrue(task.contains("\"capacityProviderName\": \"mine\"") && task.contains("\"PROVISIONING\""), task);
        String arn = task.replaceAll("(?s).*\"taskArn\": \"(arn:aws:ecs:[^\"]*:task/[^\"]*)\".*", "$1");
        ecs("stop-task", "--cluster", "bought", "--task", arn);

        ecs("delete-service", "--cluster", "bought", "--service", "web", "--force");
        ecs(
                "put-cluster-capacity-providers",
                "--cluster",
                "bought",
                "--capacity-providers",
                "FARGATE",
                "--default-capacity-provider-strategy",
                "capacityProvider=FARGATE,weight=1");
        String deleted = ecs("delete-capacity-provider", "--capacity-provider", "mine");
        assertTrue(deleted.contains("\"mine\""), deleted);
        assertFalse(ecs("describe-capacity-providers").contains("\"mine\""));
        assertEquals(-1, ecs("describe-clusters", "--clusters", "bought").indexOf("\"mine\""));
    }

    private static String ecs(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "ecs";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return AwsCli.run(all);
    }
}
