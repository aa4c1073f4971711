package io.staithe.capacity.provider.ec2;

import io.staithe.capacity.provider.Deadline;
import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.InstanceProvider;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.capacity.provider.ProviderContext;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.core.model.InstanceId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/**
 * Instances of Amazon EC2 in one region. The host's id is the client token, under which EC2 starts one instance; it is a tag too,
 * with the group and the owner.
 */
public final class Ec2Provider implements InstanceProvider, AutoCloseable {
    private static final int PAGE = 500;

    private final ProviderContext context;
    private final Connection connection;
    private final Ec2Client ec2;
    private final Newcomers newcomers;

    private Ec2Provider(ProviderContext context, InstantSource clock) {
        this.context = context;
        connection = Connection.open(context);
        ec2 = connection.client();
        newcomers = new Newcomers(clock);
    }

    /** @throws IllegalArgumentException without a region */
    public static Ec2Provider open(ProviderContext context) {
        return new Ec2Provider(context, InstantSource.system());
    }

    @Override
    public String name() {
        return "ec2";
    }

    @Override
    public void start(HostRequest request) {
        Deadline deadline = begin();
        RunInstancesRequest run = Launch.of(request, context);
        try {
            Instance started = ec2.runInstances(run.toBuilder()
                            .overrideConfiguration(within(deadline))
                            .build())
                    .instances()
                    .get(0);
            newcomers.add(request, started.instanceId());
        } catch (Ec2Exception refused) {
            if (!isStarted(request, refused, deadline)) throw Refusal.of(refused);
        } catch (SdkException failed) {
            throw Refusal.of(failed);
        }
    }

    /** Whether the refusal means that the host was started before: by the same token and other settings, or it has ended. */
    private boolean isStarted(HostRequest request, Ec2Exception refused, Deadline deadline) {
        return switch (Refusal.code(refused)) {
            case "IdempotentInstanceTerminated" -> true;
            case "IdempotentParameterMismatch" ->
                !instances(deadline, Labels.filter(Labels.HOST, request.id().value()))
                        .isEmpty();
            default -> false;
        };
    }

    @Override
    public List<ListedHost> list() {
        Deadline deadline = begin();
        List<Instance> instances = instances(deadline);
        Map<String, String> marked =
                instances.stream().anyMatch(States::mayBeTakenBack) ? markedForTermination(deadline) : Map.of();
        Map<InstanceId, ListedHost> hosts = new TreeMap<>();
        for (Instance instance : instances)
            States.host(instance, marked.get(instance.instanceId()))
                    .ifPresent(host -> hosts.merge(host.id(), host, States::livelier));
        newcomers.complete(hosts);
        return List.copyOf(hosts.values());
    }

    @Override
    public void terminate(InstanceId host) {
        Deadline deadline = begin();
        List<String> ids = new ArrayList<>();
        for (Instance instance : instances(deadline, Labels.filter(Labels.HOST, host.value())))
            if (!States.isTerminated(instance)) ids.add(instance.instanceId());
        if (ids.isEmpty()) newcomers.instance(host).ifPresent(ids::add);
        if (ids.isEmpty()) return;
        try {
            ec2.terminateInstances(TerminateInstancesRequest.builder()
                    .instanceIds(ids)
                    .overrideConfiguration(within(deadline))
                    .build());
            newcomers.remove(host);
        } catch (Ec2Exception refused) {
            if (!Refusal.code(refused).equals("InvalidInstanceID.NotFound")) throw Refusal.of(refused);
            newcomers.remove(host);
        } catch (SdkException failed) {
            throw Refusal.of(failed);
        }
    }

    private List<Instance> instances(Deadline deadline, Filter... filters) {
        List<Filter> all = new ArrayList<>(List.of(filters));
        all.add(Labels.filter(Labels.OWNER, context.owner()));
        List<Instance> found = new ArrayList<>();
        String next = null;
        try {
            do {
                DescribeInstancesResponse page = ec2.describeInstances(DescribeInstancesRequest.builder()
                        .filters(all)
                        .maxResults(PAGE)
                        .nextToken(next)
                        .overrideConfiguration(within(deadline))
                        .build());
                page.reservations().forEach(reservation -> found.addAll(reservation.instances()));
                next = page.nextToken();
            } while (next != null && !next.isEmpty());
            return found;
        } catch (SdkException failed) {
            throw Refusal.of(failed);
        }
    }

    /** What EC2 says of spot instances that it is about to take back, by instance. */
    private Map<String, String> markedForTermination(Deadline deadline) {
        Filter marked = Filter.builder()
                .name("status-code")
                .values("marked-for-termination", "marked-for-stop")
                .build();
        Map<String, String> messages = new TreeMap<>();
        String next = null;
        try {
            do {
                DescribeSpotInstanceRequestsResponse page =
                        ec2.describeSpotInstanceRequests(DescribeSpotInstanceRequestsRequest.builder()
                                .filters(marked)
                                .maxResults(PAGE)
                                .nextToken(next)
                                .overrideConfiguration(within(deadline))
                                .build());
                for (SpotInstanceRequest spot : page.spotInstanceRequests())
                    if (spot.instanceId() != null)
                        messages.put(
                                spot.instanceId(),
                                "spot interruption: " + spot.status().message());
                next = page.nextToken();
            } while (next != null && !next.isEmpty());
            return messages;
        } catch (SdkException failed) {
            throw Refusal.of(failed);
        }
    }

    private Deadline begin() {
        connection.checkCredentials();
        return Deadline.in(context.deadline());
    }

    /** @throws ProviderException when the time is up */
    private static AwsRequestOverrideConfiguration within(Deadline deadline) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(deadline.left())
                .build();
    }

    @Override
    public void close() {
        connection.close();
    }
}
