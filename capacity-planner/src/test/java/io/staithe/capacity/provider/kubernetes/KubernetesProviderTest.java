package io.staithe.capacity.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;
import io.staithe.capacity.provider.Requests;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesProviderTest {
    private static final InstanceId ONE = InstanceId.of("1".repeat(32));

    @TempDir
    Path folder;

    private Cluster cluster;
    private KubernetesProvider provider;

    @BeforeEach
    void open() {
        cluster = new Cluster(folder);
        provider = cluster.open("ours");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void asksForWhatIsOfferedAndWhatTheHostNeedsItself() {
        provider.start(cluster.request(ONE));
        Pod pod = cluster.pods().get(0);
        Container docker = pod.getSpec().getInitContainers().get(0);
        assertEquals(new Quantity("1100m"), docker.getResources().getRequests().get("cpu"));
        assertEquals(new Quantity("2304Mi"), docker.getResources().getLimits().get("memory"));
        assertTrue(docker.getSecurityContext().getPrivileged());
        Container agent = pod.getSpec().getContainers().get(0);
        assertTrue(agent.getArgs().contains(ONE.value()), agent.getArgs().toString());
        assertEquals("Never", pod.getSpec().getRestartPolicy());
        assertEquals("amd64", pod.getSpec().getNodeSelector().get("kubernetes.io/arch"));
    }

    @Test
    void keepsTheTokenInASecretThatGoesWithThePod() {
        provider.start(cluster.request(ONE));
        Secret secret = cluster.direct()
                .secrets()
                .inNamespace(Cluster.NAMESPACE)
                .list()
                .getItems()
                .get(0);
        String token = base64(Requests.token(ONE));
        assertEquals(token, secret.getData().get("token"));
        assertEquals(
                cluster.pods().get(0).getMetadata().getUid(),
                secret.getMetadata().getOwnerReferences().get(0).getUid());
        assertFalse(cluster.inSight().contains(token));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tellsWhyAPodFindsNoNode() {
        provider.start(cluster.request(ONE));
        condition("Pending", "PodScheduled", "False", "Unschedulable", "0/3 nodes are available");
        assertEquals(ListedHost.State.STARTING, listed().state());
        assertEquals("Unschedulable: 0/3 nodes are available", listed().message());
    }

    @Test
    void tellsOfAnEvictionBeforeAndAfterIt() {
        provider.start(cluster.request(ONE));
        condition("Running", "DisruptionTarget", "True", "PreemptionByScheduler", "a pod of higher priority");
        assertEquals(ListedHost.State.INTERRUPTED, listed().state());
        assertEquals("PreemptionByScheduler: a pod of higher priority", listed().message());
        cluster.status(
                ONE,
                new PodStatusBuilder()
                        .withPhase("Failed")
                        .withReason("Evicted")
                        .withMessage("low on memory")
                        .build());
        assertEquals(ListedHost.State.ENDED, listed().state());
        assertEquals("Evicted: low on memory", listed().message());
    }

    @Test
    void choosesNodesByArchitectureZoneSpotAndTaints() {
        Map<String, String> settings = Map.of(
                "agentImage", "a",
                "spotNodeSelector", "pool=spot",
                "tolerations", "spot=true:NoSchedule, gpu:NoExecute");
        provider.start(new HostRequest(
                ONE, "web", "default", "small", new Resources(256, 512, 1), "ARM64", true, false, "z1", "t", settings));
        Pod pod = cluster.pods().get(0);
        assertEquals(
                Map.of("kubernetes.io/arch", "arm64", "topology.kubernetes.io/zone", "z1", "pool", "spot"),
                pod.getSpec().getNodeSelector());
        assertEquals("Exists", pod.getSpec().getTolerations().get(1).getOperator());
        Container docker = pod.getSpec().getInitContainers().get(0);
        assertEquals(new Quantity("1"), docker.getResources().getLimits().get("nvidia.com/gpu"));
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        for (Map<String, String> settings : List.of(
                Map.<String, String>of(),
                Map.of("agentImage", "a", "tolerations", "x"),
                Map.of("agentImage", "a", "overheadCpu", "much"),
                Map.of("agentImage", "a", "nodeselector", "x=y")))
            assertEquals(
                    Kind.INVALID,
                    assertThrows(ProviderException.class, () -> provider.start(Requests.of(ONE, "small", settings)))
                            .kind());
        assertEquals(0, cluster.starts());
    }

    private void condition(String phase, String type, String status, String reason, String message) {
        cluster.status(
                ONE,
                new PodStatusBuilder()
                        .withPhase(phase)
                        .withConditions(new PodConditionBuilder()
                                .withType(type)
                                .withStatus(status)
                                .withReason(reason)
                                .withMessage(message)
                                .build())
                        .build());
    }

    private ListedHost listed() {
        return provider.list().get(0);
    }
}
