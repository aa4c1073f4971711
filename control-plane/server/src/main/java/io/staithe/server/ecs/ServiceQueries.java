package io.staithe.server.ecs;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.Answer;
import io.staithe.server.aws.Caller;
import io.staithe.server.aws.Newer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/** Reading services. */
final class ServiceQueries {
    private static final int MAX_DESCRIBED_AT_ONCE = 10;
    /** ECS lists services in small pages unless asked otherwise. */
    private static final int DEFAULT_PAGE = 10;

    private final Commits commits;
    private final ServiceEvents events;

    ServiceQueries(Commits commits, ServiceEvents events) {
        this.commits = commits;
        this.events = events;
    }

    /** Deleted services are found, too, while they are kept. */
    Answer describe(DescribeServicesRequest request, Caller caller) {
        Requests.batch(request.services(), MAX_DESCRIBED_AT_ONCE, "Services");
        ClusterState state = commits.state();
        ServiceView view = new ServiceView(state, events, Arns.of(caller));
        boolean withTags = request.include().contains(ServiceField.TAGS);
        List<software.amazon.awssdk.services.ecs.model.Service> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        Newer newer = Newer.NONE;
        for (String nameOrArn : request.services()) {
            ServiceId id = Names.service(request.cluster(), nameOrArn);
            Clusters.active(state, id.cluster());
            Service service = state.service(id).orElse(null);
            if (service == null) {
                failures.add(Requests.missing(Arns.of(caller).service(id)));
                continue;
            }
            newer = newer.and(ServiceView.newer(service).under("services[" + found.size() + "]"));
            found.add(view.of(service, withTags));
        }
        DescribeServicesResponse response = DescribeServicesResponse.builder()
                .services(found)
                .failures(failures)
                .build();
        return new Answer(response, newer);
    }

    ListServicesResponse list(ListServicesRequest request, Caller caller) {
        ClusterState state = commits.state();
        Cluster cluster = Clusters.active(state, request.cluster());
        List<String> arns = state.servicesOf(cluster.name())
                .filter(service -> service.status() != Service.Status.INACTIVE)
                .filter(service -> request.launchTypeAsString() == null
                        || request.launchTypeAsString()
                                .equals(service.revision().launchType()))
                .filter(service -> request.schedulingStrategyAsString() == null
                        || request.schedulingStrategyAsString()
                                .equals(service.schedulingStrategy().name()))
                .map(service -> Arns.of(caller).service(service.id()))
                .toList();
        Pages.Page page = Pages.of(request, arns, DEFAULT_PAGE);
        return ListServicesResponse.builder()
                .serviceArns(page.items())
                .nextToken(page.nextToken())
                .build();
    }
}
