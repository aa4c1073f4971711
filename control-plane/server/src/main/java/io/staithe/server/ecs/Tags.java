package io.staithe.server.ecs;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Service;
import io.staithe.core.model.Tag;
import io.staithe.core.model.Task;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceResponse;

/** Tags of whatever has an ARN of ECS's: clusters, services, tasks, task definitions, hosts. */
final class Tags {
    private final Commits commits;

    Tags(Commits commits) {
        this.commits = commits;
    }

    TagResourceResponse tag(TagResourceRequest request, Caller caller) {
        List<Tag> added = Requests.tags(request.tags());
        for (Tag tag : added)
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:"))
                throw ApiError.invalidParameter("Tag keys that start with aws: are reserved.");
        change(request.resourceArn(), current -> merge(current, added));
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untag(UntagResourceRequest request, Caller caller) {
        change(request.resourceArn(), current -> current.stream()
                .filter(tag -> !request.tagKeys().contains(tag.key()))
                .toList());
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest request, Caller caller) {
        return ListTagsForResourceResponse.builder()
                .tags(Requests.tagViews(
                        find(commits.state(), request.resourceArn()).tags()))
                .build();
    }

    /** {@code added} wins where both have a key. */
    static List<Tag> merge(List<Tag> tags, List<Tag> added) {
        Map<String, Tag> byKey = new LinkedHashMap<>();
        tags.forEach(tag -> byKey.put(tag.key(), tag));
        added.forEach(tag -> byKey.put(tag.key(), tag));
        List<Tag> merged = new ArrayList<>(byKey.values());
        merged.sort(Comparator.comparing(Tag::key));
        return merged;
    }

    private void change(@Nullable String arn, UnaryOperator<List<Tag>> change) {
        commits.commit(state -> {
            Tagged found = find(state, arn);
            List<Tag> next = change.apply(found.tags());
            if (next.equals(found.tags())) return Decision.already(later -> next);
            Entity entity = found.with(next);
            return new Decision<>(Plan.of(Change.put(entity, state.revisionOf(entity.key()))), later -> next);
        });
    }

    /** Something that has tags, and the same with others. */
    private record Tagged(List<Tag> tags, Function<List<Tag>, Entity> withTags) {
        Entity with(List<Tag> to) {
            return withTags.apply(to);
        }
    }

    private static Tagged find(ClusterState state, @Nullable String nullableArn) {
        String arn = Requests.required(nullableArn, "ResourceArn");
        String[] parts = arn.split(":", 6);
        String type =
                parts.length == 6 && parts[5].indexOf('/') > 0 ? parts[5].substring(0, parts[5].indexOf('/')) : "";
        return switch (type) {
            case "cluster" -> of(Clusters.active(state, arn));
            case "service" ->
                of(state.service(Names.service(null, arn))
                        .filter(service -> service.status() != Service.Status.INACTIVE)
                        .orElseThrow(ApiError::serviceNotFound));
            case "task" ->
                of(Tasks.find(state, Names.clusterOf(null, arn, type), arn).orElseThrow(() -> notFound("task")));
            case "task-definition" ->
                of(state.taskDefinition(TaskDefinitionId.of(Names.taskDefinition(arn)))
                        .orElseThrow(() -> notFound("task definition")));
            case "container-instance" ->
                of(ContainerInstances.find(state, Names.clusterOf(null, arn, type), arn)
                        .orElseThrow(() -> notFound("container instance")));
            default ->
                throw ApiError.invalidParameter("Invalid identifier: " + arn + " is no ARN of something with tags");
        };
    }

    private static ApiError notFound(String what) {
        return ApiError.resourceNotFound("The specified " + what + " was not found.");
    }

    private static Tagged of(Cluster cluster) {
        return new Tagged(cluster.tags(), to -> cluster.but().tags(to).build());
    }

    private static Tagged of(Service service) {
        return new Tagged(service.tags(), to -> service.but().tags(to).build());
    }

    private static Tagged of(Task task) {
        return new Tagged(task.tags(), to -> task.but().tags(to).build());
    }

    private static Tagged of(TaskDefinition definition) {
        return new Tagged(definition.tags(), definition::withTags);
    }

    private static Tagged of(ContainerInstance host) {
        return new Tagged(host.tags(), to -> host.but().tags(to).build());
    }
}
