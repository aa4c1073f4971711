package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Task;

/** A service without a host: hosts are bought for its tasks, and given back with them. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class FargateTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final RunningSystem system = RunningSystem.get();
    private final EcsClient ecs = system.ecs();
    private final int port = Http.freePort();

    @AfterEach
    void close() {
        system.tryStaithe(manifest(2), "delete", "-f", "-", "--wait");
        ecs.close();
    }

    @Test
    void getsAHostForEachTaskAndGivesItBack() throws IOException {
        String plan =
                system.tryStaithe(manifest(2), "apply", "-f", "-", "--plan").succeeded();
        assertTrue(plan.contains("made-to-measure"), plan);
        assertEquals(Set.of(), agents());

        system.tryStaithe(manifest(2), "apply", "-f", "-", "--wait", "--timeout", "90s")
                .succeeded();
        Http.get(port);
        List<Task> tasks = tasks();
        assertEquals(2, tasks.size());
        tasks.forEach(task -> assertEquals("FARGATE", task.capacityProviderName(), task::toString));
        assertEquals(
                tasks.stream().map(task -> idOf(task.containerInstanceArn())).collect(Collectors.toSet()), agents());

        system.staithe("scale", "isolated", "1", "--wait");
        Await.until("one host", SOON, () -> agents().size() == 1 ? "" : agents().toString());
        system.staithe("scale", "isolated", "0", "--wait");
        Await.until("no host", SOON, () -> agents().isEmpty() ? "" : agents().toString());
        assertEquals(
                RunningSystem.HOSTS,
                ecs.listContainerInstances().containerInstanceArns().size());
        costsWhatItUsed();
    }

    /** Both tasks have ended: what they used is known for good, wherever it lies by now. */
    private void costsWhatItUsed() throws IOException {
        JsonNode service = costsBy("service");
        assertEquals(2, service.path("tasks").asInt(), service::toString);
        BigDecimal seconds = service.path("taskSeconds").decimalValue();
        assertTrue(seconds.intValue() >= 120, service::toString);
        assertEquals(
                0,
                seconds.movePointLeft(2)
                        .multiply(BigDecimal.valueOf(25))
                        .compareTo(service.path("vcpuSeconds").decimalValue()),
                service::toString);
        BigDecimal hourly = new BigDecimal("0.25")
                .multiply(new BigDecimal("0.04048"))
                .add(new BigDecimal("0.5").multiply(new BigDecimal("0.004445")));
        BigDecimal exact = hourly.multiply(seconds).divide(BigDecimal.valueOf(3600), 9, RoundingMode.HALF_UP);
        BigDecimal cost = service.path("cost").decimalValue();
        assertTrue(exact.subtract(cost).abs().compareTo(new BigDecimal("0.000002")) < 0, exact + " " + service);
        assertEquals(cost, costsBy("capacityProvider").path("cost").decimalValue());
        assertEquals(2, costsBy("host").path("hosts").asInt());
    }

    /** The total of this test's tasks. */
    private JsonNode costsBy(String what) throws IOException {
        JsonNode answer = new ObjectMapper().readTree(system.staithe("costs", "--by", what, "-o", "json"));
        for (JsonNode item : answer.path("items"))
            if (!what.equals("host")
                    && "FARGATE".equals(item.path("capacityProvider").asText())) return item;
        return answer.path("total");
    }

    private String manifest(int count) {
        return """
                kind: HostGroup
                name: fargate
                provider: local
                fargate: dedicated
                max: 4
                ---
                kind: LoadBalancer
                name: isolated
                ---
                kind: TargetGroup
                name: isolated
                healthCheckPath: /
                deregistrationDelaySeconds: 2
                ---
                kind: Listener
                loadBalancerArn: isolated
                port: %d
                defaultActions: [{ type: forward, targetGroupArn: isolated }]
                ---
                kind: Service
                serviceName: isolated
                launchType: FARGATE
                desiredCount: %d
                taskDefinition:
                  family: isolated
                  requiresCompatibilities: [FARGATE]
                  networkMode: awsvpc
                  cpu: "256"
                  memory: "512"
                  containerDefinitions:
                    - name: app
                      image: %s
                      portMappings: [{ containerPort: 80 }]
                      stopTimeout: 5
                loadBalancers:
                  - targetGroupArn: isolated
                    containerName: app
                    containerPort: 80
                """.formatted(port, count, WebService.IMAGE);
    }

    private List<Task> tasks() {
        List<String> arns =
                ecs.listTasks(request -> request.serviceName("isolated")).taskArns();
        return ecs.describeTasks(request -> request.tasks(arns)).tasks();
    }

    /** The hosts whose agents the provider has started and not ended. */
    private Set<String> agents() {
        Path hosts = system.folder.resolve("server-embedded/hosts");
        if (!Files.isDirectory(hosts)) return Set.of();
        try (Stream<Path> folders = Files.list(hosts)) {
            return folders.filter(host -> Files.exists(host.resolve("agent")))
                    .map(host -> idOf(host.toString()))
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String idOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
