package io.staithe.server.ecs;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.CapacityProviderField;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderResponse;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderResponse;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderResponse;

/** Capacity providers, and which of them a cluster has. FARGATE and FARGATE_SPOT are always there, and stay as they are. */
final class CapacityProviders {
    private static final List<String> FARGATE = List.of(CapacityProvider.FARGATE, CapacityProvider.FARGATE_SPOT);

    private final Commits commits;

    CapacityProviders(Commits commits) {
        this.commits = commits;
    }

    CreateCapacityProviderResponse create(CreateCapacityProviderRequest request, Caller caller) {
        CapacityProvider asked = CapacityProviderReading.create(request, caller.now());
        CapacityProvider made = commits.commit(state -> {
            CapacityRules.check(state, asked);
            if (state.capacityProvider(asked.name()).isPresent())
                throw ApiError.client(
                        "The specified capacity provider name is already in use. Specify a unique name and"
                                + " try again.");
            return new Decision<>(
                    new Plan.Builder()
                            .create(asked)
                            .guard(state, Key.hostGroup(asked.hostGroup()))
                            .build(),
                    later -> asked);
        });
        return CreateCapacityProviderResponse.builder()
                .capacityProvider(CapacityProviderView.of(made, Arns.of(caller), true))
                .build();
    }

    UpdateCapacityProviderResponse update(UpdateCapacityProviderRequest request, Caller caller) {
        CapacityProvider updated = commits.commit(state -> {
            CapacityProvider current = own(state, request.name());
            CapacityProvider next = CapacityProviderReading.update(current, request.autoScalingGroupProvider());
            if (next.equals(current)) return Decision.already(later -> current);
            return new Decision<>(Plan.of(Change.put(next, state.revisionOf(next.key()))), later -> next);
        });
        return UpdateCapacityProviderResponse.builder()
                .capacityProvider(CapacityProviderView.of(updated, Arns.of(caller), true))
                .build();
    }

    /** Only one that no cluster names, and no service and no task uses. Its hosts are given back once they are empty. */
    DeleteCapacityProviderResponse delete(DeleteCapacityProviderRequest request, Caller caller) {
        CapacityProvider deleted = commits.commit(state -> {
            CapacityProvider current = own(state, request.capacityProvider());
            if (CapacityRules.user(state, current.name()).isPresent())
                throw ApiError.resourceInUse("The specified capacity provider is in use and cannot be removed.");
            return new Decision<>(
                    new Plan.Builder().delete(state, current.key()).build(), later -> current);
        });
        return DeleteCapacityProviderResponse.builder()
                .capacityProvider(CapacityProviderView.of(deleted, Arns.of(caller), false).toBuilder()
                        .status("INACTIVE")
                        .updateStatus("DELETE_COMPLETE")
                        .build())
                .build();
    }

    DescribeCapacityProvidersResponse describe(DescribeCapacityProvidersRequest request, Caller caller) {
        ClusterState state = commits.state();
        Requests.atMost(request.capacityProviders(), 100, "Capacity providers");
        List<String> names = request.capacityProviders().isEmpty()
                ? Stream.concat(
                                FARGATE.stream(),
                                state.all(Kind.CAPACITY_PROVIDER, CapacityProvider.class)
                                        .map(CapacityProvider::name))
                        .toList()
                : request.capacityProviders().stream()
                        .map(Names::capacityProvider)
                        .toList();
        boolean withTags = request.include().contains(CapacityProviderField.TAGS);
        List<software.amazon.awssdk.services.ecs.model.CapacityProvider> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String name : names)
            view(state, name, Arns.of(caller), withTags)
                    .ifPresentOrElse(
                            found::add,
                            () -> failures.add(Requests.missing(Arns.of(caller).capacityProvider(name))));
        Pages.Page page = Pages.of(
                request,
                found.stream()
                        .map(software.amazon.awssdk.services.ecs.model.CapacityProvider::name)
                        .toList(),
                Pages.MAX_RESULTS);
        return DescribeCapacityProvidersResponse.builder()
                .capacityProviders(found.stream()
                        .filter(provider -> page.items().contains(provider.name()))
                        .toList())
                .failures(failures)
                .nextToken(page.nextToken())
                .build();
    }

    PutClusterCapacityProvidersResponse put(PutClusterCapacityProvidersRequest request, Caller caller) {
        List<String> names = request.capacityProviders().stream()
                .map(Names::capacityProvider)
                .toList();
        List<CapacityProviderStrategyItem> strategy = Shapes.readList(
                request.defaultCapacityProviderStrategy(),
                CapacityProviderStrategyItem.class,
                "defaultCapacityProviderStrategy");
        Cluster updated = commits.commit(state -> {
            Cluster current = Clusters.active(state, request.cluster());
            Cluster next = current.but().capacityProviders(names, strategy).build();
            CapacityRules.check(state, next);
            CapacityRules.checkRemoved(state, current, next);
            if (next.equals(current)) return Decision.already(later -> current);
            Plan.Builder plan = new Plan.Builder().update(state, next);
            CapacityRules.references(names).forEach(key -> plan.guard(state, key));
            return new Decision<>(plan.build(), later -> next);
        });
        return PutClusterCapacityProvidersResponse.builder()
                .cluster(ClusterView.of(updated, commits.state(), Arns.of(caller), ClusterField.knownValues()))
                .build();
    }

    private static CapacityProvider own(ClusterState state, String nameOrArn) {
        String name = Names.capacityProvider(nameOrArn);
        if (CapacityProvider.isFargate(name))
            throw ApiError.client(
                    "The specified capacity provider is reserved and cannot be changed or deleted. Specify"
                            + " a valid capacity provider and try again.");
        return state.capacityProvider(name).orElseThrow(CapacityRules::notFound);
    }

    private static Optional<software.amazon.awssdk.services.ecs.model.CapacityProvider> view(
            ClusterState state, String name, Arns arns, boolean withTags) {
        if (CapacityProvider.isFargate(name)) return Optional.of(CapacityProviderView.fargate(name, arns));
        return state.capacityProvider(name).map(known -> CapacityProviderView.of(known, arns, withTags));
    }
}
