package io.staithe.server.ecs;

import io.staithe.core.capacity.ProviderChoice;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.Fingerprint;
import io.staithe.core.model.Job;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.Key;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.scheduler.Fleet;
import io.staithe.core.scheduler.Pass;
import io.staithe.core.scheduler.Placement;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/**
 * Starts tasks that belong to no service. A task that no host can take is not made, unless it is of a job that waits; the
 * answer says why.
 *
 * <p>Task ids follow from the client token, so that a repeated request finds what it made before.
 */
final class RunTask {
    private static final int MAX_COUNT = 10;
    /** How long the answer waits for the tasks to be placed, so that it can name their hosts. */
    private static final Duration FOR_PLACEMENT_AT_MOST = Duration.ofSeconds(1);

    private static final int TOKEN_DIGITS = 32;

    private final Commits commits;
    private final Ids ids;

    RunTask(Commits commits, Ids ids) {
        this.commits = commits;
        this.ids = ids;
    }

    private record Outcome(List<TaskId> started, List<Failure> failures) {}

    RunTaskResponse run(RunTaskRequest request, Caller caller) {
        int count = request.count() == null ? 1 : request.count();
        if (count < 1 || count > MAX_COUNT)
            throw ApiError.invalidParameter("Task count must be between 1 and " + MAX_COUNT + ".");
        RunHeader asked = RunHeader.read(caller.run());
        String token = request.clientToken() == null ? ids.hex() : request.clientToken();
        String cluster = Names.cluster(request.cluster());
        List<TaskId> wanted = IntStream.range(0, count)
                .mapToObj(i -> new TaskId(Fingerprint.of("RunTask", cluster, token, String.valueOf(i))
                        .hex(TOKEN_DIGITS)))
                .toList();
        Outcome outcome =
                commits.commit(state -> decide(state, request, asked, mark(request, asked, token), wanted, caller));
        ClusterState state =
                commits.waiting().until(later -> areSettled(later, outcome.started()), FOR_PLACEMENT_AT_MOST);
        TaskView view = new TaskView(state, Arns.of(caller));
        return RunTaskResponse.builder()
                .tasks(outcome.started().stream()
                        .flatMap(id -> state.task(id).stream())
                        .map(task -> view.of(task, true))
                        .toList())
                .failures(outcome.failures())
                .build();
    }

    private Decision<Outcome> decide(
            ClusterState state,
            RunTaskRequest request,
            RunHeader asked,
            String mark,
            List<TaskId> wanted,
            Caller caller) {
        List<Task> made = wanted.stream().flatMap(id -> state.task(id).stream()).toList();
        if (!made.isEmpty()) return repeated(made, mark);
        Cluster cluster = Clusters.active(state, request.cluster());
        List<Task> tasks = TaskReading.read(state, request, asked, wanted, mark, caller);
        if (asked.job() != null && asked.job().waits()) return made(state, cluster, tasks, asked.job(), List.of());
        if (isBoughtFor(state, tasks)) return made(state, cluster, tasks, asked.job(), List.of());
        List<Task> placeable = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        Fleet fleet = Fleet.of(state, cluster.name());
        if (fleet.size() == 0) throw ApiError.invalidParameter("No Container Instances were found in your cluster.");
        Pass pass = new Pass(state, cluster.name(), fleet, caller.now());
        PlacementPolicy policy = asked.placement();
        pass.keepPromises(state.waitingTasks(cluster.name()), policy == null ? 0 : policy.priority());
        boolean together = policy != null && policy.allOrNothing();
        for (List<Task> lot :
                together ? List.of(tasks) : tasks.stream().map(List::of).toList()) {
            List<Placement> placements = pass.decide(lot);
            for (int i = 0; i < lot.size(); i++)
                if (placements.get(i) instanceof Placement.Nowhere nowhere)
                    failures.add(failure(nowhere, Arns.of(caller)));
                else placeable.add(lot.get(i));
        }
        if (placeable.isEmpty()) return Decision.already(later -> new Outcome(List.of(), failures));
        return made(state, cluster, placeable, asked.job(), failures);
    }

    /** ECS: tasks whose capacity is managed wait in PROVISIONING until it is there. */
    private static boolean isBoughtFor(ClusterState state, List<Task> tasks) {
        return tasks.stream()
                .allMatch(task -> task.capacityProvider() != null
                        && ProviderChoice.group(state, task.cluster(), task.capacityProvider())
                                .isPresent());
    }

    private static Decision<Outcome> made(
            ClusterState state, Cluster cluster, List<Task> tasks, @Nullable JobPolicy job, List<Failure> failures) {
        Plan.Builder plan = new Plan.Builder()
                .guard(state, cluster.key())
                .guard(state, Key.taskDefinition(tasks.get(0).taskDefinition()));
        for (Task task : tasks) {
            plan.create(task);
            if (job != null) plan.create(Job.of(task, job, null));
        }
        List<TaskId> started = tasks.stream().map(Task::id).toList();
        return new Decision<>(plan.build(), later -> new Outcome(started, failures));
    }

    private static Decision<Outcome> repeated(List<Task> made, String mark) {
        if (!made.stream().allMatch(task -> mark.equals(task.clientToken())))
            throw ApiError.conflict("The clientToken was used with other parameters.");
        return Decision.already(later -> new Outcome(made.stream().map(Task::id).toList(), List.of()));
    }

    /** Kept with each task: whose request it is of, and what that asked for. */
    private static String mark(RunTaskRequest request, RunHeader extras, String token) {
        String asked = request.toBuilder().clientToken(null).build().toString();
        return Fingerprint.of(token, asked + (extras.equals(RunHeader.NONE) ? "" : extras))
                .hex(TOKEN_DIGITS);
    }

    /** Names the host that came closest. */
    private static Failure failure(Placement.Nowhere nowhere, Arns arns) {
        Failure.Builder failure =
                Failure.builder().reason(nowhere.code()).detail(nowhere.why().summary());
        nowhere.main()
                .map(reason -> reason.nearest().instance())
                .ifPresent(host -> failure.arn(arns.containerInstance(host.cluster(), host.id())));
        return failure.build();
    }

    /** Each one has its host, or it is said why it has none, or it is over already. */
    private static boolean areSettled(ClusterState state, List<TaskId> ids) {
        return ids.stream().allMatch(id -> state.task(id)
                .filter(task -> task.instance() == null && task.placement() == null && task.isActive())
                .isEmpty());
    }
}
