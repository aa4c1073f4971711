package io.staithe.server.ecs;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Job;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.TaskField;

/** Stopping and reading tasks, of services or not. */
final class Tasks {
    private static final int MAX_DESCRIBED_AT_ONCE = 100;

    private final Commits commits;

    Tasks(Commits commits) {
        this.commits = commits;
    }

    StopTaskResponse stop(StopTaskRequest request, Caller caller) {
        Cluster cluster = cluster(request.cluster(), Requests.required(request.task(), "Task"));
        String reason = request.reason() == null ? "Task stopped by user" : request.reason();
        if (reason.length() > 1024) throw new Invalid("reason", "must be at most 1024 characters");
        Task stopped = commits.commit(state -> {
            Task task = find(state, cluster.name(), request.task())
                    .orElseThrow(() -> ApiError.invalidParameter("The referenced task was not found."));
            Plan.Builder plan = new Plan.Builder();
            activeJob(state, task).ifPresent(job -> plan.update(state, job.stopping(reason)));
            if (!task.isActive()) return new Decision<>(plan.build(), later -> task);
            Task next = task.but()
                    .stop(StopCode.UserInitiated, reason, caller.now())
                    .build();
            return new Decision<>(plan.update(state, next).build(), later -> next);
        });
        return StopTaskResponse.builder()
                .task(new TaskView(commits.state(), Arns.of(caller)).of(stopped, true))
                .build();
    }

    /** Whose newest task it is: that ends with it, also while it pauses after the task has failed. */
    private static Optional<Job> activeJob(ClusterState state, Task task) {
        return Optional.ofNullable(task.job())
                .flatMap(run -> state.job(run.job()))
                .filter(job ->
                        job.isActive() && job.stopReason() == null && job.task().equals(task.id()));
    }

    DescribeTasksResponse describe(DescribeTasksRequest request, Caller caller) {
        Requests.batch(request.tasks(), MAX_DESCRIBED_AT_ONCE, "Tasks");
        ClusterState state = commits.state();
        TaskView view = new TaskView(state, Arns.of(caller));
        boolean withTags = request.include().contains(TaskField.TAGS);
        List<software.amazon.awssdk.services.ecs.model.Task> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String idOrArn : request.tasks()) {
            Cluster cluster = cluster(request.cluster(), idOrArn);
            find(state, cluster.name(), idOrArn)
                    .ifPresentOrElse(
                            task -> found.add(view.of(task, withTags)),
                            () -> failures.add(Requests.missing(arn(idOrArn, cluster, caller))));
        }
        return DescribeTasksResponse.builder().tasks(found).failures(failures).build();
    }

    /** Tasks that are wanted, unless {@code desiredStatus} asks for those that are not. */
    ListTasksResponse list(ListTasksRequest request, Caller caller) {
        ClusterState state = commits.state();
        Cluster cluster = Clusters.active(state, request.cluster());
        String desired = request.desiredStatusAsString() == null ? "RUNNING" : request.desiredStatusAsString();
        List<String> arns = candidates(state, cluster, request)
                .filter(task -> task.desiredStatus().name().equals(desired))
                .filter(is(request.family(), task -> task.taskDefinition().family()))
                .filter(is(request.startedBy(), task -> String.valueOf(task.startedBy())))
                .filter(is(request.launchTypeAsString(), task -> task.launchType() == null ? "EC2" : task.launchType()))
                .map(task -> Arns.of(caller).task(task.cluster(), task.id()))
                .toList();
        Pages.Page page = Pages.of(request, arns, Pages.MAX_RESULTS);
        return ListTasksResponse.builder()
                .taskArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    private static Stream<Task> candidates(ClusterState state, Cluster cluster, ListTasksRequest request) {
        Stream<Task> tasks = state.tasksIn(cluster.name());
        if (request.serviceName() != null) {
            ServiceId id = Names.service(cluster.name(), request.serviceName());
            if (state.service(id).isEmpty()) throw ApiError.serviceNotFound();
            tasks = state.tasksOf(id);
        }
        if (request.containerInstance() == null) return tasks;
        var host = ContainerInstances.find(state, cluster.name(), request.containerInstance())
                .orElseThrow(() -> ApiError.invalidParameter("The referenced container instance was not found."));
        return tasks.filter(task -> host.id().equals(task.instance()));
    }

    private static Predicate<Task> is(@Nullable String wanted, Function<Task, String> property) {
        return task -> wanted == null || wanted.equals(property.apply(task));
    }

    private Cluster cluster(@Nullable String cluster, String idOrArn) {
        return Clusters.active(commits.state(), Names.clusterOf(cluster, idOrArn, "task"));
    }

    static Optional<Task> find(ClusterState state, String cluster, String idOrArn) {
        String id = Names.id(cluster, idOrArn, "task");
        if (!id.matches("[0-9a-f]{32}")) return Optional.empty();
        return state.task(new TaskId(id)).filter(task -> task.cluster().equals(cluster));
    }

    static String arn(String idOrArn, Cluster cluster, Caller caller) {
        return idOrArn.startsWith("arn:") ? idOrArn : caller.arn("ecs", "task/" + cluster.name() + "/" + idOrArn);
    }
}
