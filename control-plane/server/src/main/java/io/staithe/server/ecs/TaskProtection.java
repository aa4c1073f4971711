package io.staithe.server.ecs;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionResponse;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

/**
 * ECS's task scale-in protection: for a while, nothing but its user and its own end stops a task of a service. The tasks of a
 * request are protected in one commit; those that cannot be are told as failures.
 */
final class TaskProtection {
    private static final int MAX_UPDATED_AT_ONCE = 10;
    private static final int MAX_READ_AT_ONCE = 100;
    private static final int MAX_MINUTES = 2_880;
    private static final int DEFAULT_MINUTES = 120;

    private final Commits commits;

    TaskProtection(Commits commits) {
        this.commits = commits;
    }

    private record Answer(List<ProtectedTask> tasks, List<Failure> failures) {
        Answer() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    UpdateTaskProtectionResponse update(UpdateTaskProtectionRequest request, Caller caller) {
        Requests.batch(request.tasks(), MAX_UPDATED_AT_ONCE, "Tasks");
        Instant until = until(request, caller.now());
        Cluster cluster = cluster(request.cluster());
        Set<String> names = new LinkedHashSet<>(request.tasks());
        Answer answer = commits.commit(state -> decide(state, cluster, names, until, caller));
        return UpdateTaskProtectionResponse.builder()
                .protectedTasks(answer.tasks())
                .failures(answer.failures())
                .build();
    }

    /** Without {@code tasks}: of those that are protected, the first hundred. */
    GetTaskProtectionResponse get(GetTaskProtectionRequest request, Caller caller) {
        Requests.atMost(request.tasks(), MAX_READ_AT_ONCE, "Tasks");
        Cluster cluster = cluster(request.cluster());
        ClusterState state = commits.state();
        Answer answer = new Answer();
        if (request.tasks().isEmpty())
            state.tasksIn(cluster.name())
                    .filter(task -> task.isActive() && task.isProtectedAt(caller.now()))
                    .limit(MAX_READ_AT_ONCE)
                    .forEach(task -> answer.tasks().add(view(task, caller)));
        for (String name : request.tasks()) {
            Optional<Task> task = Tasks.find(state, cluster.name(), name);
            Optional<Failure> refused = refusal(task, Tasks.arn(name, cluster, caller));
            refused.ifPresent(answer.failures()::add);
            if (refused.isEmpty()) answer.tasks().add(view(task.orElseThrow(), caller));
        }
        return GetTaskProtectionResponse.builder()
                .protectedTasks(answer.tasks())
                .failures(answer.failures())
                .build();
    }

    private Cluster cluster(@Nullable String name) {
        return Clusters.active(commits.state(), Requests.required(name, "Cluster"));
    }

    /** Null: protected no longer. */
    private static @Nullable Instant until(UpdateTaskProtectionRequest request, Instant now) {
        Integer asked = request.expiresInMinutes();
        if (asked != null && (asked < 1 || asked > MAX_MINUTES))
            throw new Invalid("expiresInMinutes", "must be between 1 and " + MAX_MINUTES);
        if (request.protectionEnabled() == null) throw new Invalid("protectionEnabled", "is required");
        if (!request.protectionEnabled()) return null;
        return now.plus(Duration.ofMinutes(asked == null ? DEFAULT_MINUTES : asked));
    }

    /** One after the other: each protected task counts when the next one of its service is looked at. */
    private static Decision<Answer> decide(
            ClusterState state, Cluster cluster, Set<String> names, @Nullable Instant until, Caller caller) {
        Plan.Builder plan = new Plan.Builder();
        Answer answer = new Answer();
        Set<TaskId> seen = new LinkedHashSet<>();
        ClusterState ahead = state;
        for (String name : names) {
            Optional<Task> found = Tasks.find(ahead, cluster.name(), name);
            Optional<Failure> refused = refusal(found, Tasks.arn(name, cluster, caller));
            if (refused.isEmpty() && until != null) refused = blocked(ahead, found.orElseThrow(), caller);
            if (refused.isPresent()) {
                answer.failures().add(refused.get());
                continue;
            }
            Task task = found.orElseThrow();
            Task next = task.but().protectedUntil(until).build();
            if (!seen.add(task.id())) continue;
            answer.tasks().add(view(next, caller));
            if (next.equals(task)) continue;
            plan.update(state, next);
            ahead = ahead.apply(Plan.of(Change.put(next, Change.ANY)), ahead.revision() + 1);
        }
        return new Decision<>(plan.build(), later -> answer);
    }

    private static Optional<Failure> refusal(Optional<Task> task, String arn) {
        if (task.isEmpty()) return Optional.of(Requests.failure(arn, "MISSING", "The cluster has no such task."));
        if (task.get().service() == null)
            return Optional.of(Requests.failure(
                    arn, "TASK_NOT_VALID", "The task belongs to no service: only tasks of services can be protected."));
        if (!task.get().isActive())
            return Optional.of(Requests.failure(arn, "TASK_NOT_VALID", "The task is stopping, or has stopped."));
        return Optional.empty();
    }

    /** ECS refuses to protect more tasks than a service wants: its deployments could not end. */
    private static Optional<Failure> blocked(ClusterState state, Task task, Caller caller) {
        Service service =
                Optional.ofNullable(task.service()).flatMap(state::service).orElse(null);
        if (service == null || service.schedulingStrategy() == Service.SchedulingStrategy.DAEMON)
            return Optional.empty();
        long others = state.tasksOf(service.id())
                .filter(other -> !other.id().equals(task.id()))
                .filter(other -> other.isActive() && other.isProtectedAt(caller.now()))
                .count();
        if (others < service.desiredCount()) return Optional.empty();
        return Optional.of(Requests.failure(
                Arns.of(caller).task(task.cluster(), task.id()),
                "DEPLOYMENT_BLOCKED",
                "Service " + service.name() + " wants " + service.desiredCount() + " tasks, and " + others
                        + " others are protected: with one more, its deployments could not end."));
    }

    private static ProtectedTask view(Task task, Caller caller) {
        boolean holds = task.isProtectedAt(caller.now());
        return ProtectedTask.builder()
                .taskArn(Arns.of(caller).task(task.cluster(), task.id()))
                .protectionEnabled(holds)
                .expirationDate(holds ? task.protectedUntil() : null)
                .build();
    }
}
