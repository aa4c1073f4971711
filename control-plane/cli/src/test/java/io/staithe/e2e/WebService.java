package io.staithe.e2e;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** A service behind a load balancer of its own: replicas that say in which container they are. */
final class WebService implements AutoCloseable {
    static final String IMAGE = "staithe/hello:1";
    private static final Duration SETTLES = Duration.ofMinutes(1);
    private static final int SHORT_ID_CHARS = 12;
    private static final String START_FIRST = "{ minimumHealthyPercent: 100, maximumPercent: 200 }";

    final String name;
    final int port = Http.freePort();
    private final String container;
    private final String deploymentConfiguration;
    private final String advancedConfiguration;
    private final RunningSystem system = RunningSystem.get();
    private final EcsClient ecs = system.ecs();

    WebService(String name) {
        this(name, "", START_FIRST, "");
    }

    private WebService(String name, String container, String deploymentConfiguration, String advancedConfiguration) {
        this.name = name;
        this.container = container;
        this.deploymentConfiguration = deploymentConfiguration;
        this.advancedConfiguration = advancedConfiguration;
    }

    /**
     * One whose deployments may move its traffic between two target groups.
     *
     * @param deploymentConfiguration as YAML, in one line
     */
    static WebService withTwoSides(String name, String deploymentConfiguration) {
        return new WebService(
                name,
                "",
                deploymentConfiguration,
                "advancedConfiguration: { alternateTargetGroupArn: %1$s-2, productionListenerRule: \"%1$s:%2$d\" }");
    }

    /** @param fields of its container beside the usual ones, as YAML, each in a line */
    static WebService withContainer(String name, String fields) {
        return new WebService(name, fields, START_FIRST, "");
    }

    String manifest(String image, int count) {
        return """
                kind: LoadBalancer
                name: %1$s
                ---
                kind: TargetGroup
                name: %1$s
                healthCheckPath: /
                deregistrationDelaySeconds: 2
                ---
                kind: TargetGroup
                name: %1$s-2
                healthCheckPath: /
                deregistrationDelaySeconds: 2
                ---
                kind: Listener
                loadBalancerArn: %1$s
                port: %2$d
                defaultActions: [{ type: forward, targetGroupArn: %1$s }]
                ---
                kind: Service
                serviceName: %1$s
                desiredCount: %4$d
                taskDefinition:
                  family: %1$s
                  containerDefinitions:
                    - name: app
                      image: %3$s
                      cpu: 16
                      memory: 16
                      portMappings: [{ containerPort: 80 }]
                      stopTimeout: 5
                      %7$s
                loadBalancers:
                  - targetGroupArn: %1$s
                    containerName: app
                    containerPort: 80
                    %6$s
                placementStrategy: [{ type: spread, field: instanceId }]
                deploymentConfiguration: %5$s
                """.formatted(
                        name,
                        port,
                        image,
                        count,
                        deploymentConfiguration,
                        advancedConfiguration.formatted(name, port),
                        container.replace("\n", "\n      "));
    }

    String apply(String image, int count, String... options) {
        List<String> arguments = new ArrayList<>(List.of("apply", "-f", "-"));
        arguments.addAll(List.of(options));
        return system.tryStaithe(manifest(image, count), arguments.toArray(String[]::new))
                .succeeded();
    }

    /** Started and in traffic. */
    WebService running(int count) {
        apply(IMAGE, count, "--wait", "--timeout", "60s");
        awaitServing(count);
        return this;
    }

    Service described() {
        return ecs.describeServices(request -> request.services(name))
                .services()
                .get(0);
    }

    /** Those that shall run. */
    List<Task> tasks() {
        List<String> arns = ecs.listTasks(request -> request.serviceName(name)).taskArns();
        return arns.isEmpty()
                ? List.of()
                : ecs.describeTasks(request -> request.tasks(arns)).tasks().stream()
                        .filter(task -> task.desiredStatus().equals("RUNNING"))
                        .toList();
    }

    List<Task> tasksOn(String hostArn) {
        return tasks().stream()
                .filter(task -> hostArn.equals(task.containerInstanceArn()))
                .toList();
    }

    Set<String> taskArns() {
        return tasks().stream().map(Task::taskArn).collect(toSet());
    }

    /** Ids of the containers that its tasks say they have. */
    Set<String> containers() {
        return tasks().stream()
                .flatMap(task -> task.containers().stream())
                .map(Container::runtimeId)
                .filter(id -> id != null && !id.isEmpty())
                .collect(toCollection(TreeSet::new));
    }

    /** Ids of the containers that the engine runs of it. An agent keeps ended ones for a while, for their logs. */
    Set<String> containersOfEngine() {
        return system.docker("ps", "--no-trunc", "--format", "{{.Label \"io.staithe.task-definition\"}} {{.ID}}")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .collect(toCollection(TreeSet::new));
    }

    /** Until it is stable, with as many running tasks, exactly those answer, and the engine has no other container of it. */
    void awaitServing(int count) {
        Await.until(name + " with " + count + " replicas in traffic", SETTLES, () -> missing(count));
    }

    private String missing(int count) {
        Service service = described();
        Set<String> engine = containersOfEngine();
        if (service.runningCount() != count
                || service.pendingCount() != 0
                || service.deployments().size() != 1)
            return "running %d, pending %d, deployments %d"
                    .formatted(
                            service.runningCount(),
                            service.pendingCount(),
                            service.deployments().size());
        Set<String> told = shortened(containers());
        Set<String> answering = answering(count);
        if (!engine.equals(containers())) return "containers of tasks " + containers() + ", of the engine " + engine;
        return told.equals(answering) ? "" : "containers of tasks " + told + ", answering " + answering;
    }

    /** Until exactly these containers answer. */
    void awaitAnswers(Set<String> containers) {
        Set<String> expected = shortened(containers);
        Await.until("answers of " + expected, SETTLES, () -> {
            Set<String> answering = answering(2 * containers.size());
            return answering.equals(expected) ? "" : "answering " + answering;
        });
    }

    private static Set<String> shortened(Set<String> containers) {
        return containers.stream().map(id -> id.substring(0, SHORT_ID_CHARS)).collect(toCollection(TreeSet::new));
    }

    /** Short ids of the containers that answer. */
    private Set<String> answering(int count) {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 3 * count; i++) {
            try {
                String body = Http.get(port);
                ids.add(body.substring(body.lastIndexOf(' ') + 1).strip());
            } catch (IOException e) {
                ids.add(e.toString());
            }
        }
        return ids;
    }

    /** Deletes all of it, and waits until it is gone. */
    @Override
    public void close() {
        system.tryStaithe(manifest(IMAGE, 0), "delete", "-f", "-", "--wait", "--timeout", "50s")
                .succeeded();
        Await.until("end of the containers of " + name, SETTLES, () -> {
            Set<String> left = containersOfEngine();
            return left.isEmpty() ? "" : "containers: " + left;
        });
        ecs.close();
    }
}
