package io.staithe.agent.task;

import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.Item;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerDependency;
import io.staithe.core.model.ContainerDependency.Condition;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.PreStop;
import io.staithe.core.model.RestartPolicy;
import io.staithe.core.model.Secret;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.model.Volume;
import io.staithe.core.model.VolumeFrom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tasks for tests, in few words. */
public final class Given {
    static final InstanceId HOST = InstanceId.of("a".repeat(32));

    private Given() {}

    public static TaskId id(int number) {
        return TaskId.of(String.format("%032x", number));
    }

    public static AssignedTask task(int number, Spec... containers) {
        return task(number, NetworkMode.BRIDGE, List.of(), containers);
    }

    static AssignedTask task(int number, NetworkMode mode, List<Volume> volumes, Spec... containers) {
        List<ContainerDefinition> definitions =
                Arrays.stream(containers).map(Spec::build).toList();
        TaskDefinition definition = new TaskDefinition(
                "web",
                1,
                TaskDefinition.Status.ACTIVE,
                null,
                null,
                mode,
                definitions,
                volumes,
                List.of(),
                List.of(),
                null,
                512,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null);
        return new AssignedTask(
                id(number),
                "default",
                "family:web",
                null,
                definition,
                TaskOverride.NONE,
                DesiredStatus.RUNNING,
                false,
                null);
    }

    static AssignedTask stopped(AssignedTask task) {
        return changed(task, DesiredStatus.STOPPED, task.launched());
    }

    static AssignedTask launched(AssignedTask task) {
        return changed(task, task.desiredStatus(), true);
    }

    private static AssignedTask changed(AssignedTask task, DesiredStatus desired, boolean launched) {
        return new AssignedTask(
                task.task(),
                task.cluster(),
                task.group(),
                task.service(),
                task.definition(),
                task.overrides(),
                desired,
                launched,
                task.traceParent());
    }

    public static Assignment.Delta full(AssignedTask... tasks) {
        return new Assignment.Delta(true, items(tasks), List.of());
    }

    static Assignment.Delta put(AssignedTask... tasks) {
        return new Assignment.Delta(false, items(tasks), List.of());
    }

    static Assignment.Delta removed(AssignedTask task) {
        return new Assignment.Delta(false, List.of(), List.of(Item.RunTask.idOf(task.task())));
    }

    private static List<Item> items(AssignedTask... tasks) {
        return Arrays.stream(tasks).map(task -> (Item) new Item.RunTask(task)).toList();
    }

    public static Spec container(String name) {
        return new Spec(name);
    }

    /** A container definition with what these tests vary. */
    public static final class Spec {
        private final String name;
        private String image = "app:1";
        private boolean essential = true;
        private final List<ContainerDependency> dependsOn = new ArrayList<>();
        private final List<String> links = new ArrayList<>();
        private final List<VolumeFrom> volumesFrom = new ArrayList<>();
        private final List<Secret> secrets = new ArrayList<>();
        private Integer startTimeout;
        private Integer stopTimeout;
        private HealthCheck healthCheck;
        private HealthCheck readinessCheck;
        private PreStop preStop;
        private RestartPolicy restartPolicy;

        private Spec(String name) {
            this.name = name;
        }

        Spec image(String reference) {
            image = reference;
            return this;
        }

        Spec nonEssential() {
            essential = false;
            return this;
        }

        Spec dependsOn(String other, Condition condition) {
            dependsOn.add(new ContainerDependency(other, condition));
            return this;
        }

        Spec link(String other) {
            links.add(other);
            return this;
        }

        Spec volumesFrom(String other) {
            volumesFrom.add(new VolumeFrom(other, null));
            return this;
        }

        Spec startTimeout(int seconds) {
            startTimeout = seconds;
            return this;
        }

        Spec stopTimeout(int seconds) {
            stopTimeout = seconds;
            return this;
        }

        Spec checked() {
            healthCheck = new HealthCheck(List.of("CMD-SHELL", "true"), null, null, null, null);
            return this;
        }

        Spec checked(HealthCheck check) {
            healthCheck = check;
            return this;
        }

        Spec ready(HealthCheck check) {
            readinessCheck = check;
            return this;
        }

        Spec preStop(Integer timeout, String... command) {
            preStop = new PreStop(List.of(command), timeout);
            return this;
        }

        Spec secret(String name, String valueFrom) {
            secrets.add(new Secret(name, valueFrom));
            return this;
        }

        Spec restarts(int periodSeconds, Integer... ignored) {
            restartPolicy = new RestartPolicy(true, List.of(ignored), periodSeconds);
            return this;
        }

        private ContainerDefinition build() {
            return ContainerDefinition.of(name, image)
                    .but()
                    .links(links)
                    .essential(essential)
                    .restartPolicy(restartPolicy)
                    .volumesFrom(volumesFrom)
                    .dependsOn(dependsOn)
                    .secrets(secrets)
                    .startTimeout(startTimeout)
                    .stopTimeout(stopTimeout)
                    .healthCheck(healthCheck)
                    .readinessCheck(readinessCheck)
                    .preStop(preStop)
                    .build();
        }
    }
}
