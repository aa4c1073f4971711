package io.staithe.server.ecs;

import io.staithe.core.model.Family;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/** Task definitions: registering revisions, finding them, and letting go of them. */
public final class TaskDefinitions {
    private static final int MAX_DELETED_AT_ONCE = 10;

    private final Commits commits;

    public TaskDefinitions(Commits commits) {
        this.commits = commits;
    }

    /**
     * The revision that {@code nameOrArn} means: the one that it names, or the family's latest ACTIVE one. Empty when there
     * is none.
     */
    public static Optional<TaskDefinition> find(ClusterState state, @Nullable String nameOrArn) {
        String name = Names.taskDefinition(nameOrArn);
        if (name.indexOf(':') >= 0) return state.taskDefinition(TaskDefinitionId.of(name));
        return state.revisions(name)
                .filter(definition -> definition.status() == TaskDefinition.Status.ACTIVE)
                .max(Comparator.comparingInt(TaskDefinition::revision));
    }

    /** As {@link #find}, for something that is about to run it: it must be there, and ACTIVE. */
    public static TaskDefinition active(ClusterState state, @Nullable String nameOrArn) {
        TaskDefinition found = find(state, nameOrArn).orElseThrow(() -> ApiError.client("TaskDefinition not found."));
        if (found.status() != TaskDefinition.Status.ACTIVE) throw ApiError.client("TaskDefinition is inactive");
        return found;
    }

    /** The next revision of the family in {@code state}; numbers are never given twice. */
    public static int nextRevision(ClusterState state, String family) {
        return 1
                + state.get(Key.family(family), Family.class)
                        .map(Family::lastRevision)
                        .orElse(0);
    }

    public RegisterTaskDefinitionResponse register(RegisterTaskDefinitionRequest request, Caller caller) {
        TaskDefinition registered = commits.commit(state -> register(state, request, caller));
        return RegisterTaskDefinitionResponse.builder()
                .taskDefinition(TaskDefinitionView.of(registered, Arns.of(caller)))
                .tags(Requests.tagViews(registered.tags()))
                .build();
    }

    public DescribeTaskDefinitionResponse describe(DescribeTaskDefinitionRequest request, Caller caller) {
        TaskDefinition found =
                find(commits.state(), request.taskDefinition()).orElseThrow(TaskDefinitions::unableToDescribe);
        DescribeTaskDefinitionResponse.Builder response =
                DescribeTaskDefinitionResponse.builder().taskDefinition(TaskDefinitionView.of(found, Arns.of(caller)));
        if (request.include().contains(TaskDefinitionField.TAGS)) response.tags(Requests.tagViews(found.tags()));
        return response.build();
    }

    /** A deregistered revision starts nothing new, and goes on serving what runs it. */
    public DeregisterTaskDefinitionResponse deregister(DeregisterTaskDefinitionRequest request, Caller caller) {
        TaskDefinitionId id = revision(request.taskDefinition());
        TaskDefinition deregistered = commits.commit(state -> {
            TaskDefinition current = state.taskDefinition(id).orElseThrow(TaskDefinitions::unableToDescribe);
            if (current.status() != TaskDefinition.Status.ACTIVE) return Decision.already(later -> current);
            return put(state, current.withStatus(TaskDefinition.Status.INACTIVE, caller.now()));
        });
        return DeregisterTaskDefinitionResponse.builder()
                .taskDefinition(TaskDefinitionView.of(deregistered, Arns.of(caller)))
                .build();
    }

    /** Marks INACTIVE revisions for deletion. They go once nothing runs them. */
    public DeleteTaskDefinitionsResponse delete(DeleteTaskDefinitionsRequest request, Caller caller) {
        Requests.batch(request.taskDefinitions(), MAX_DELETED_AT_ONCE, "TaskDefinitions");
        List<software.amazon.awssdk.services.ecs.model.TaskDefinition> deleted = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String nameOrArn : request.taskDefinitions()) {
            TaskDefinitionId id = revision(nameOrArn);
            Optional<String> refusal = commits.commit(state -> delete(state, id));
            refusal.ifPresentOrElse(
                    reason -> failures.add(Requests.failure(Arns.of(caller).taskDefinition(id), reason)),
                    () -> commits.state()
                            .taskDefinition(id)
                            .ifPresent(gone -> deleted.add(TaskDefinitionView.of(gone, Arns.of(caller)))));
        }
        return DeleteTaskDefinitionsResponse.builder()
                .taskDefinitions(deleted)
                .failures(failures)
                .build();
    }

    private static Decision<TaskDefinition> register(
            ClusterState state, RegisterTaskDefinitionRequest request, Caller caller) {
        int revision = nextRevision(state, Requests.required(request.family(), "Family"));
        TaskDefinition definition = read(state, request, revision, caller);
        Family family = new Family(definition.family(), revision);
        return new Decision<>(
                Plan.of(Change.put(family, state.revisionOf(family.key())), Change.create(definition)),
                later -> definition);
    }

    /** ECS answers a definition that breaks a rule with ClientException, and knows one wording for Fargate's sizes. */
    private static TaskDefinition read(
            ClusterState state, RegisterTaskDefinitionRequest request, int revision, Caller caller) {
        try {
            return TaskDefinitionReading.read(state, request, revision, principalArn(caller), caller.now());
        } catch (Invalid invalid) {
            if (invalid.rule().startsWith("No Fargate configuration exists"))
                throw ApiError.client("No Fargate configuration exists for given values: " + request.cpu() + " CPU, "
                        + request.memory()
                        + " memory. See the Amazon ECS documentation for the valid values.");
            throw ApiError.client(String.valueOf(invalid.getMessage()));
        }
    }

    public static String principalArn(Caller caller) {
        return "arn:aws:iam::" + caller.account() + ":user/" + caller.principal();
    }

    private static Decision<Optional<String>> delete(ClusterState state, TaskDefinitionId id) {
        Optional<TaskDefinition> current = state.taskDefinition(id);
        if (current.isEmpty())
            return refused("The specified task definition does not exist. Specify a valid account, family, revision and"
                    + " try again.");
        TaskDefinition definition = current.get();
        return switch (definition.status()) {
            case ACTIVE ->
                refused("The specified task definition is still in ACTIVE status. Please deregister the target"
                        + " and try again.");
            case DELETE_IN_PROGRESS -> Decision.already(later -> Optional.empty());
            case INACTIVE ->
                new Decision<>(
                        put(
                                        state,
                                        definition.withStatus(
                                                TaskDefinition.Status.DELETE_IN_PROGRESS, definition.deregisteredAt()))
                                .plan(),
                        later -> Optional.empty());
        };
    }

    private static Decision<Optional<String>> refused(String reason) {
        return Decision.already(later -> Optional.of(reason));
    }

    private static Decision<TaskDefinition> put(ClusterState state, TaskDefinition next) {
        return new Decision<>(Plan.of(Change.put(next, state.revisionOf(next.key()))), later -> next);
    }

    private static TaskDefinitionId revision(@Nullable String nameOrArn) {
        String name = Names.taskDefinition(nameOrArn);
        if (name.indexOf(':') < 0) throw ApiError.client("Task definition " + name + " must name a revision.");
        return TaskDefinitionId.of(name);
    }

    private static ApiError unableToDescribe() {
        return ApiError.client("Unable to describe task definition.");
    }
}
