package io.staithe.server.ecs;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerInstance.Status;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Invalid;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits.Decision;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesResponse;
import software.amazon.awssdk.services.ecs.model.ListAttributesRequest;
import software.amazon.awssdk.services.ecs.model.ListAttributesResponse;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesResponse;

/**
 * What users say of hosts, for placement to ask for. A request is carried out as a whole or not at all. What an agent declares
 * of its host is the agent's: a user's attribute of the same name hides it, and deleting that one shows it again.
 */
final class Attributes {
    private final Commits commits;

    Attributes(Commits commits) {
        this.commits = commits;
    }

    PutAttributesResponse put(PutAttributesRequest request, Caller caller) {
        List<AttributeReading> asked = AttributeReading.toPut(request.attributes());
        List<software.amazon.awssdk.services.ecs.model.Attribute> put =
                change(request.cluster(), asked, Attributes::with, caller);
        return PutAttributesResponse.builder().attributes(put).build();
    }

    DeleteAttributesResponse delete(DeleteAttributesRequest request, Caller caller) {
        List<AttributeReading> asked = AttributeReading.toDelete(request.attributes());
        List<software.amazon.awssdk.services.ecs.model.Attribute> deleted =
                change(request.cluster(), asked, Attributes::without, caller);
        return DeleteAttributesResponse.builder().attributes(deleted).build();
    }

    ListAttributesResponse list(ListAttributesRequest request, Caller caller) {
        AttributeReading.requireContainerInstance(request.targetTypeAsString(), "targetType");
        if (request.attributeValue() != null && request.attributeName() == null)
            throw new Invalid("attributeValue", "needs an attributeName");
        ClusterState state = commits.state();
        Cluster cluster = Clusters.active(state, request.cluster());
        Map<String, software.amazon.awssdk.services.ecs.model.Attribute> all = new LinkedHashMap<>();
        state.instancesOf(cluster.name())
                .filter(host -> host.status() != Status.INACTIVE)
                .forEach(host -> host.allAttributes().stream()
                        .filter(attribute -> isAskedFor(attribute, request))
                        .forEach(attribute ->
                                all.put(host.id() + " " + attribute.name(), view(attribute, host, caller))));
        Pages.Page page = Pages.of(request, List.copyOf(all.keySet()), Pages.MAX_RESULTS);
        return ListAttributesResponse.builder()
                .attributes(page.items().stream().map(all::get).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static boolean isAskedFor(Attribute attribute, ListAttributesRequest request) {
        return (request.attributeName() == null || request.attributeName().equals(attribute.name()))
                && (request.attributeValue() == null || request.attributeValue().equals(attribute.value()));
    }

    private List<software.amazon.awssdk.services.ecs.model.Attribute> change(
            @Nullable String clusterName,
            List<AttributeReading> asked,
            BiFunction<ContainerInstance, Attribute, ContainerInstance> change,
            Caller caller) {
        Cluster cluster = Clusters.active(commits.state(), clusterName);
        return commits.commit(state -> {
            Map<InstanceId, ContainerInstance> changed = new LinkedHashMap<>();
            for (AttributeReading one : asked) {
                ContainerInstance host = target(state, cluster, one);
                changed.put(host.id(), change.apply(changed.getOrDefault(host.id(), host), one.attribute()));
            }
            Plan.Builder plan = new Plan.Builder();
            changed.values().stream()
                    .filter(host ->
                            state.instance(host.id()).filter(host::equals).isEmpty())
                    .forEach(host -> plan.update(state, host));
            return new Decision<>(plan.build(), later -> asked.stream()
                    .map(one -> view(one.attribute(), target(state, cluster, one), caller))
                    .toList());
        });
    }

    private static ContainerInstance target(ClusterState state, Cluster cluster, AttributeReading asked) {
        return ContainerInstances.find(
                        state, Names.clusterOf(cluster.name(), asked.target(), "container-instance"), asked.target())
                .filter(host -> host.status() != Status.INACTIVE)
                .orElseThrow(
                        () -> ApiError.targetNotFound("The container instance " + asked.target() + " was not found."));
    }

    private static ContainerInstance with(ContainerInstance host, Attribute added) {
        List<Attribute> next = Stream.concat(others(host, added), Stream.of(added))
                .sorted(Comparator.comparing(Attribute::name))
                .toList();
        if (next.size() > ContainerInstance.MAX_USER_ATTRIBUTES)
            throw ApiError.attributeLimitExceeded("The container instance " + host.hostName() + " can have at most "
                    + ContainerInstance.MAX_USER_ATTRIBUTES + " custom attributes.");
        return host.but().userAttributes(next).build();
    }

    /** What the host does not have is gone already. */
    private static ContainerInstance without(ContainerInstance host, Attribute attribute) {
        List<Attribute> next = others(host, attribute).toList();
        boolean isTheAgents =
                host.attributes().stream().anyMatch(own -> own.name().equals(attribute.name()));
        if (isTheAgents && next.size() == host.userAttributes().size())
            throw ApiError.invalidParameter("The agent of " + host.hostName() + " declares the attribute "
                    + attribute.name() + ": take it from the agent's options.");
        return host.but().userAttributes(next).build();
    }

    private static Stream<Attribute> others(ContainerInstance host, Attribute than) {
        return host.userAttributes().stream()
                .filter(attribute -> !attribute.name().equals(than.name()));
    }

    private static software.amazon.awssdk.services.ecs.model.Attribute view(
            Attribute attribute, ContainerInstance host, Caller caller) {
        return Shapes.write(attribute, software.amazon.awssdk.services.ecs.model.Attribute.builder())
                .targetId(Arns.of(caller).containerInstance(host.cluster(), host.id()))
                .build();
    }
}
