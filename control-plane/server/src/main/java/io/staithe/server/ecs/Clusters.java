package io.staithe.server.ecs;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Service;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterResponse;

/** Clusters: the names under which hosts, services and tasks are kept apart. */
public final class Clusters {
    private final Commits commits;

    public Clusters(Commits commits) {
        this.commits = commits;
    }

    /** The cluster that operations mean by {@code nameOrArn}: it is there, and ACTIVE. */
    public static Cluster active(ClusterState state, @Nullable String nameOrArn) {
        return state.cluster(Names.cluster(nameOrArn))
                .filter(cluster -> cluster.status() == Cluster.Status.ACTIVE)
                .orElseThrow(ApiError::clusterNotFound);
    }

    /** The cluster that a request describes, as it is when it is made. */
    public static Cluster read(CreateClusterRequest request, Instant now) {
        return Shapes.reading(request)
                .with("name", request.clusterName() == null ? Cluster.DEFAULT : request.clusterName())
                .with("status", Cluster.Status.ACTIVE)
                .with("createdAt", now)
                .ignoring("clusterName")
                .as(Cluster.class);
    }

    /** Idempotent by name: a cluster that is ACTIVE stays as it is. */
    public CreateClusterResponse create(CreateClusterRequest request, Caller caller) {
        Cluster asked = read(request, caller.now());
        Cluster made = commits.commit(state -> {
            CapacityRules.check(state, asked);
            return ensure(state, asked);
        });
        return CreateClusterResponse.builder()
                .cluster(ClusterView.of(made, commits.state(), Arns.of(caller), ClusterField.knownValues()))
                .build();
    }

    public DescribeClustersResponse describe(DescribeClustersRequest request, Caller caller) {
        ClusterState state = commits.state();
        List<String> asked = request.clusters().isEmpty() ? List.of(Cluster.DEFAULT) : request.clusters();
        Requests.atMost(asked, 100, "Clusters");
        List<software.amazon.awssdk.services.ecs.model.Cluster> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String nameOrArn : asked) {
            String name = Names.cluster(nameOrArn);
            state.cluster(name)
                    .ifPresentOrElse(
                            cluster -> found.add(ClusterView.of(cluster, state, Arns.of(caller), request.include())),
                            () -> failures.add(Requests.missing(Arns.of(caller).cluster(name))));
        }
        return DescribeClustersResponse.builder()
                .clusters(found)
                .failures(failures)
                .build();
    }

    public ListClustersResponse list(ListClustersRequest request, Caller caller) {
        List<String> arns = commits.state()
                .all(Kind.CLUSTER, Cluster.class)
                .filter(cluster -> cluster.status() == Cluster.Status.ACTIVE)
                .map(cluster -> Arns.of(caller).cluster(cluster.name()))
                .toList();
        Pages.Page page = Pages.of(request, arns, Pages.MAX_RESULTS);
        return ListClustersResponse.builder()
                .clusterArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    public UpdateClusterResponse update(UpdateClusterRequest request, Caller caller) {
        Cluster updated = commits.commit(state -> {
            Cluster current = active(state, request.cluster());
            Cluster next =
                    Shapes.reading(request).over(current).ignoring("cluster").as(Cluster.class);
            return put(state, current, next);
        });
        return UpdateClusterResponse.builder()
                .cluster(ClusterView.of(updated, commits.state(), Arns.of(caller), ClusterField.knownValues()))
                .build();
    }

    /**
     * Only an empty cluster goes; it stays readable as INACTIVE. Nothing comes into an INACTIVE cluster, but something may
     * have come in the moment before: then it is ACTIVE again, and the caller is told.
     */
    public DeleteClusterResponse delete(DeleteClusterRequest request, Caller caller) {
        Cluster deleted = commits.commit(state -> {
            Cluster current = active(state, request.cluster());
            refuseUnlessEmpty(state, current.name());
            return put(
                    state,
                    current,
                    current.but().status(Cluster.Status.INACTIVE).build());
        });
        try {
            refuseUnlessEmpty(commits.state(), deleted.name());
        } catch (ApiError inUse) {
            commits.commit(state ->
                    ensure(state, deleted.but().status(Cluster.Status.ACTIVE).build()));
            throw inUse;
        }
        return DeleteClusterResponse.builder()
                .cluster(ClusterView.of(deleted, commits.state(), Arns.of(caller), ClusterField.knownValues()))
                .build();
    }

    static Decision<Cluster> ensure(ClusterState state, Cluster asked) {
        Optional<Cluster> there = state.cluster(asked.name());
        if (there.isPresent() && there.get().status() == Cluster.Status.ACTIVE)
            return Decision.already(later -> there.get());
        return new Decision<>(Plan.of(Change.put(asked, state.revisionOf(asked.key()))), later -> asked);
    }

    private static Decision<Cluster> put(ClusterState state, Cluster current, Cluster next) {
        if (next.equals(current)) return Decision.already(later -> current);
        return new Decision<>(Plan.of(Change.put(next, state.revisionOf(next.key()))), later -> next);
    }

    public static void refuseUnlessEmpty(ClusterState state, String cluster) {
        if (state.instancesOf(cluster).anyMatch(i -> i.status() != ContainerInstance.Status.INACTIVE))
            throw ApiError.clusterContainsContainerInstances();
        if (state.servicesOf(cluster).anyMatch(s -> s.status() != Service.Status.INACTIVE))
            throw ApiError.clusterContainsServices();
        if (state.tasksIn(cluster).anyMatch(task -> !task.isStopped())) throw ApiError.clusterContainsTasks();
    }
}
