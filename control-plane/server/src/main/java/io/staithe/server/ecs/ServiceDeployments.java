package io.staithe.server.ecs;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.Answer;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.aws.Newer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreatedAt;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;

/** Deployments as things of their own. Terraform's provider waits on them for a service's steady state. */
final class ServiceDeployments {
    private static final int MAX_DESCRIBED_AT_ONCE = 20;
    private static final int DEFAULT_PAGE = 20;

    private final Commits commits;

    ServiceDeployments(Commits commits) {
        this.commits = commits;
    }

    /** Newest first. */
    ListServiceDeploymentsResponse list(ListServiceDeploymentsRequest request, Caller caller) {
        ClusterState state = commits.state();
        ServiceId id = Names.service(request.cluster(), request.service());
        Clusters.active(state, id.cluster());
        Service service = state.service(id).orElseThrow(ApiError::serviceNotFound);
        ServiceDeploymentView view = new ServiceDeploymentView(state, service, Arns.of(caller));
        Map<String, ServiceDeploymentBrief> briefs = new LinkedHashMap<>();
        Deployments.all(state, service).stream()
                .filter(deployment -> isWithin(deployment, request.createdAt()))
                .map(view::brief)
                .filter(brief -> !request.hasStatus()
                        || request.statusAsStrings().isEmpty()
                        || request.statusAsStrings().contains(brief.statusAsString()))
                .forEach(brief -> briefs.put(brief.serviceDeploymentArn(), brief));
        Pages.Page page = Pages.of(request, List.copyOf(briefs.keySet()), DEFAULT_PAGE);
        return ListServiceDeploymentsResponse.builder()
                .serviceDeployments(page.items().stream().map(briefs::get).toList())
                .nextToken(page.nextToken())
                .build();
    }

    Answer describe(DescribeServiceDeploymentsRequest request, Caller caller) {
        Requests.batch(request.serviceDeploymentArns(), MAX_DESCRIBED_AT_ONCE, "ServiceDeploymentArns");
        ClusterState state = commits.state();
        List<ServiceDeployment> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        Newer newer = Newer.NONE;
        for (String arn : request.serviceDeploymentArns()) {
            List<String> path = Names.serviceDeployment(arn);
            Service service =
                    state.service(new ServiceId(path.get(0), path.get(1))).orElse(null);
            Optional<Deployment> deployment =
                    service == null ? Optional.empty() : find(state, service, new DeploymentId(path.get(2)));
            if (service == null || deployment.isEmpty()) {
                failures.add(Requests.missing(arn));
                continue;
            }
            newer = newer.and(ServiceView.newer(service).under("serviceDeployments[" + found.size() + "]"));
            found.add(new ServiceDeploymentView(state, service, Arns.of(caller)).full(deployment.get()));
        }
        DescribeServiceDeploymentsResponse response = DescribeServiceDeploymentsResponse.builder()
                .serviceDeployments(found)
                .failures(failures)
                .build();
        return new Answer(response, newer);
    }

    private static Optional<Deployment> find(ClusterState state, Service service, DeploymentId number) {
        return Deployments.all(state, service).stream()
                .filter(deployment -> deployment.id().equals(number))
                .findFirst();
    }

    private static boolean isWithin(Deployment deployment, @Nullable CreatedAt range) {
        if (range == null) return true;
        if (range.after() != null && deployment.createdAt().isBefore(range.after())) return false;
        return range.before() == null || deployment.createdAt().isBefore(range.before());
    }
}
