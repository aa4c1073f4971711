package io.staithe.core.assignment;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has to be read again after a commit to know what it changes in assignments. Every item stems from one object, its
 * source: a task, a listener, a rule or a target group. What else an item depends on leads back to its task, or to the
 * listener or rule whose traffic a deployment moves. A deployment also settles the images of its tasks.
 */
public final class Sources {
    private Sources() {}

    /**
     * The sources of every item that differs between two states that follow each other. Some may occur twice, and the items
     * of some may be as they were.
     */
    public static Stream<Key> of(ClusterState before, Event.Changed event, ClusterState after) {
        return event.updates().stream().map(Event.Update::key).flatMap(key -> of(before, key, after));
    }

    private static Stream<Key> of(ClusterState before, Key changed, ClusterState after) {
        return switch (changed.kind()) {
            case TASK, LISTENER, RULE, TARGET_GROUP -> Stream.of(changed);
            case TASK_REPORT -> Stream.of(Key.task(TaskId.of(changed.id())));
            case TASK_DEFINITION -> tasksOf(TaskDefinitionId.of(changed.id()), after);
            case SERVICE ->
                Stream.of(before, after)
                        .flatMap(state -> state.get(changed, Service.class).stream())
                        .flatMap(ForwardShares::decidedBy);
            case DEPLOYMENT ->
                Stream.concat(
                        Stream.of(before, after)
                                .flatMap(state -> state.get(changed, Deployment.class).stream())
                                .flatMap(deployment -> after.service(deployment.service()).stream())
                                .flatMap(ForwardShares::decidedBy),
                        pinnedTasks(before, changed, after));
            case INSTANCE -> movedTasks(before, InstanceId.of(changed.id()), after);
            case SETTING,
                    ACCESS_KEY,
                    LEADER,
                    CLUSTER,
                    FAMILY,
                    SESSION,
                    LOAD_BALANCER,
                    ALARM,
                    REBALANCING,
                    JOB,
                    SCHEDULE,
                    HOST_GROUP,
                    CAPACITY_PROVIDER,
                    CAPACITY_STATUS,
                    PROVISIONED_HOST,
                    HOST_REPORT,
                    TARGET_HEALTH,
                    EVENT,
                    USAGE -> Stream.empty();
        };
    }

    private static Stream<Key> tasksOf(TaskDefinitionId definition, ClusterState state) {
        return state.all(Kind.TASK, Task.class)
                .filter(task -> task.taskDefinition().equals(definition))
                .map(Task::key);
    }

    /** Tasks run the images that their deployment has settled on. */
    private static Stream<Key> pinnedTasks(ClusterState before, Key changed, ClusterState after) {
        Optional<Deployment> was = before.get(changed, Deployment.class);
        Optional<Deployment> is = after.get(changed, Deployment.class);
        if (images(was).equals(images(is))) return Stream.empty();
        return Stream.concat(was.stream(), is.stream()).flatMap(deployment -> after.tasksOf(deployment.service())
                .filter(task -> deployment.id().equals(task.deployment()))
                .map(Task::key));
    }

    private static Map<String, String> images(Optional<Deployment> deployment) {
        return deployment.map(there -> there.revision().imageDigests()).orElse(Map.of());
    }

    /** A host's tasks are reached under its address. */
    private static Stream<Key> movedTasks(ClusterState before, InstanceId host, ClusterState after) {
        Optional<String> address = after.instance(host).map(ContainerInstance::address);
        return before.instance(host).map(ContainerInstance::address).equals(address)
                ? Stream.empty()
                : after.tasksOn(host).map(Task::key);
    }
}
