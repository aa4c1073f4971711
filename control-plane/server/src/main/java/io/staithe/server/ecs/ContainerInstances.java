package io.staithe.server.ecs;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerInstance.Status;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Task;
import io.staithe.core.query.Expression;
import io.staithe.core.query.Facts;
import io.staithe.core.query.InstanceFacts;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;

/** Hosts: reading them, draining them, and letting them go. They are named by id, by ARN, or by their host name. */
public final class ContainerInstances {
    private static final int MAX_DESCRIBED_AT_ONCE = 100;
    private static final int MAX_UPDATED_AT_ONCE = 10;

    private final Commits commits;

    public ContainerInstances(Commits commits) {
        this.commits = commits;
    }

    /** A host that is still registered is found before one of the same name that is not. */
    public static Optional<ContainerInstance> find(ClusterState state, String cluster, String nameOrArn) {
        String id = Names.id(cluster, nameOrArn, "container-instance");
        if (id.matches("[0-9a-f]{32}"))
            return state.instance(new InstanceId(id))
                    .filter(host -> host.cluster().equals(cluster));
        List<ContainerInstance> named = state.instancesOf(cluster)
                .filter(host -> host.hostName().equals(id))
                .toList();
        return named.stream()
                .filter(host -> host.status() != Status.INACTIVE)
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    ListContainerInstancesResponse list(ListContainerInstancesRequest request, Caller caller) {
        Predicate<Facts> filter = filter(request.filter());
        ClusterState state = commits.state();
        Cluster cluster = Clusters.active(state, request.cluster());
        List<String> arns = state.instancesOf(cluster.name())
                .filter(host -> host.status() != Status.INACTIVE)
                .filter(host -> request.statusAsString() == null
                        || request.statusAsString().equals(ContainerInstanceView.status(host)))
                .filter(host -> filter.test(facts(host, state)))
                .map(host -> Arns.of(caller).containerInstance(host.cluster(), host.id()))
                .toList();
        Pages.Page page = Pages.of(request, arns, Pages.MAX_RESULTS);
        return ListContainerInstancesResponse.builder()
                .containerInstanceArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    /** @throws Invalid for what is no expression of the cluster query language; blank selects every host */
    private static Predicate<Facts> filter(@Nullable String text) {
        if (text == null || text.isBlank()) return host -> true;
        try {
            return Expression.parse(text)::holds;
        } catch (Invalid invalid) {
            throw new Invalid("filter", invalid.rule());
        }
    }

    private record Listed(ContainerInstance instance, Set<String> taskGroups, int runningTasksCount)
            implements InstanceFacts {
        @Override
        public boolean runsGroup(String group) {
            return taskGroups.contains(group);
        }

        @Override
        public Stream<String> groups() {
            return taskGroups.stream();
        }
    }

    /** A filter sees what DescribeContainerInstances shows: only tasks that run are counted. */
    private static Facts facts(ContainerInstance host, ClusterState state) {
        List<Task> tasks = state.tasksOn(host.id()).filter(Task::holdsResources).toList();
        Set<String> groups = tasks.stream().map(Task::group).collect(Collectors.toSet());
        return new Listed(host, groups, ServiceView.count(tasks, Counts::running));
    }

    DescribeContainerInstancesResponse describe(DescribeContainerInstancesRequest request, Caller caller) {
        Requests.batch(request.containerInstances(), MAX_DESCRIBED_AT_ONCE, "Container instances");
        ClusterState state = commits.state();
        Cluster cluster = Clusters.active(state, request.cluster());
        boolean withTags = request.include().contains(ContainerInstanceField.TAGS);
        List<software.amazon.awssdk.services.ecs.model.ContainerInstance> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String nameOrArn : request.containerInstances())
            find(state, cluster.name(), nameOrArn)
                    .ifPresentOrElse(
                            host -> found.add(ContainerInstanceView.of(host, state, Arns.of(caller), withTags)),
                            () -> failures.add(Requests.missing(arn(nameOrArn, cluster, caller))));
        return DescribeContainerInstancesResponse.builder()
                .containerInstances(found)
                .failures(failures)
                .build();
    }

    /** DRAINING: takes no new task, and its services' tasks are replaced elsewhere. ACTIVE: takes tasks again. */
    UpdateContainerInstancesStateResponse update(UpdateContainerInstancesStateRequest request, Caller caller) {
        Requests.batch(request.containerInstances(), MAX_UPDATED_AT_ONCE, "Container instances");
        Status asked =
                switch (String.valueOf(request.statusAsString())) {
                    case "ACTIVE" -> Status.ACTIVE;
                    case "DRAINING" -> Status.DRAINING;
                    default -> throw new Invalid("status", "must be one of ACTIVE, DRAINING");
                };
        Instant deadline = DrainDeadlineHeader.read(caller.drainDeadline(), caller.now());
        if (deadline != null && asked != Status.DRAINING)
            throw new Invalid(DrainDeadlineHeader.NAME, "needs the status DRAINING");
        Cluster cluster = Clusters.active(commits.state(), request.cluster());
        List<software.amazon.awssdk.services.ecs.model.ContainerInstance> updated = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String nameOrArn : request.containerInstances())
            commits.commit(state -> setStatus(state, find(state, cluster.name(), nameOrArn), asked, deadline))
                    .ifPresentOrElse(
                            host -> updated.add(ContainerInstanceView.of(host, commits.state(), Arns.of(caller), true)),
                            () -> failures.add(Requests.missing(arn(nameOrArn, cluster, caller))));
        return UpdateContainerInstancesStateResponse.builder()
                .containerInstances(updated)
                .failures(failures)
                .build();
    }

    /** A host with tasks goes only by force; its tasks are then replaced as if it was lost. */
    DeregisterContainerInstanceResponse deregister(DeregisterContainerInstanceRequest request, Caller caller) {
        String nameOrArn = Requests.required(request.containerInstance(), "Container instance");
        Cluster cluster = Clusters.active(commits.state(), request.cluster());
        boolean force = Boolean.TRUE.equals(request.force());
        ContainerInstance gone = commits.commit(state -> {
                    Optional<ContainerInstance> host = find(state, cluster.name(), nameOrArn);
                    boolean busy = host.stream()
                            .flatMap(found -> state.tasksOn(found.id()))
                            .anyMatch(task -> !task.isStopped());
                    if (busy && !force) throw ApiError.invalidParameter("Found running tasks on the instance.");
                    return setStatus(state, host, Status.INACTIVE, null);
                })
                .orElseThrow(() -> ApiError.invalidParameter("The referenced container instance was not found."));
        return DeregisterContainerInstanceResponse.builder()
                .containerInstance(ContainerInstanceView.of(gone, commits.state(), Arns.of(caller), true))
                .build();
    }

    /**
     * A deadline is for draining hosts; one that drains already keeps its own unless another is given.
     * A lost host that is asked to be ACTIVE stays lost until it is back: that is not for its users to say.
     */
    private static Decision<Optional<ContainerInstance>> setStatus(
            ClusterState state, Optional<ContainerInstance> host, Status asked, @Nullable Instant deadline) {
        Optional<ContainerInstance> registered =
                asked == Status.INACTIVE ? host : host.filter(found -> found.status() != Status.INACTIVE);
        if (registered.isEmpty()) return Decision.already(later -> Optional.empty());
        ContainerInstance current = registered.get();
        boolean same = current.status() == asked && (deadline == null || deadline.equals(current.drainDeadline()));
        boolean stays = same || (current.status() == Status.LOST && asked == Status.ACTIVE);
        if (stays) return Decision.already(later -> registered);
        ContainerInstance next =
                current.but().status(asked).drainDeadline(deadline).build();
        return new Decision<>(Plan.of(Change.put(next, state.revisionOf(next.key()))), later -> Optional.of(next));
    }

    private static String arn(String nameOrArn, Cluster cluster, Caller caller) {
        return nameOrArn.startsWith("arn:")
                ? nameOrArn
                : caller.arn("ecs", "container-instance/" + cluster.name() + "/" + nameOrArn);
    }
}
