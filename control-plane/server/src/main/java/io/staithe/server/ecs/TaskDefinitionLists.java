package io.staithe.server.ecs;

import io.staithe.core.model.Family;
import io.staithe.core.model.Kind;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;

/** The two ways of listing task definitions: revisions, and families. */
final class TaskDefinitionLists {
    private final Commits commits;

    TaskDefinitionLists(Commits commits) {
        this.commits = commits;
    }

    /** {@code familyPrefix} is, in ECS as here, a whole family's name. ACTIVE ones unless another status is asked for. */
    ListTaskDefinitionsResponse revisions(ListTaskDefinitionsRequest request, Caller caller) {
        ClusterState state = commits.state();
        String status = request.statusAsString() == null ? "ACTIVE" : request.statusAsString();
        Stream<TaskDefinition> candidates = request.familyPrefix() == null
                ? state.all(Kind.TASK_DEFINITION, TaskDefinition.class)
                : state.revisions(request.familyPrefix());
        Comparator<TaskDefinitionId> order = Comparator.naturalOrder();
        List<String> arns = candidates
                .filter(definition -> definition.status().name().equals(status))
                .map(TaskDefinition::id)
                .sorted(request.sort() == SortOrder.DESC ? order.reversed() : order)
                .map(Arns.of(caller)::taskDefinition)
                .toList();
        Pages.Page page = Pages.of(request, arns, Pages.MAX_RESULTS);
        return ListTaskDefinitionsResponse.builder()
                .taskDefinitionArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    ListTaskDefinitionFamiliesResponse families(ListTaskDefinitionFamiliesRequest request, Caller caller) {
        ClusterState state = commits.state();
        String prefix = request.familyPrefix() == null ? "" : request.familyPrefix();
        List<String> families = state.all(Kind.FAMILY, Family.class)
                .map(Family::name)
                .filter(name -> name.startsWith(prefix))
                .filter(name -> isListed(state, name, request))
                .toList();
        Pages.Page page = Pages.of(request, families, Pages.MAX_RESULTS);
        return ListTaskDefinitionFamiliesResponse.builder()
                .families(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    /** A family is ACTIVE while one of its revisions is. */
    private static boolean isListed(ClusterState state, String family, ListTaskDefinitionFamiliesRequest request) {
        boolean active = state.revisions(family).anyMatch(d -> d.status() == TaskDefinition.Status.ACTIVE);
        boolean any = state.revisions(family).findAny().isPresent();
        if (request.status() == null) return any;
        return switch (request.status()) {
            case ACTIVE -> active;
            case INACTIVE -> any && !active;
            case ALL -> any;
            case UNKNOWN_TO_SDK_VERSION ->
                throw ApiError.invalidParameter("status must be one of " + TaskDefinitionFamilyStatus.knownValues());
        };
    }
}
