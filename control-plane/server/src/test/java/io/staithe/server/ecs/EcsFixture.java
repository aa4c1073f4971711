package io.staithe.server.ecs;

import io.staithe.core.control.ControlLoop;
import io.staithe.core.control.Reconcilers;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Entity;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Resources;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.MemoryStore;
import io.staithe.core.store.View;
import io.staithe.server.aws.Answer;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.aws.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** The ECS API over a store in memory: deterministic, without a thread. */
public final class EcsFixture {
    public static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");
    public static final Caller CALLER =
            new Caller("123456789012", "us-east-1", "admin", "AKIDEXAMPLE", "request-1", null, null, null, NOW);
    public static final String ARN = "arn:aws:ecs:us-east-1:123456789012:";

    public final MemoryStore memory = new MemoryStore();
    public final FaultyStore store = new FaultyStore(memory);
    public final Events events = new Events();
    /** What only history knows. */
    public final List<PastTasks.PastTask> stopped = new ArrayList<>();

    public final List<PastDeployments.PastDeployment> deployments = new ArrayList<>();

    public final PastTasks past = (cluster, prefix, limit) -> stopped.stream()
            .filter(task -> task.id().value().startsWith(prefix))
            .limit(limit)
            .toList();
    /** What somebody else does whenever the API waits. */
    public Runnable meanwhile = () -> {};

    public final Waiting waiting = new Waiting() {
        @Override
        public ClusterState state() {
            return memory.state();
        }

        @Override
        public ClusterState until(Predicate<ClusterState> condition, Duration atMost) {
            if (!condition.test(memory.state())) meanwhile.run();
            return memory.state();
        }
    };
    public final Commits commits = new Commits(store, waiting);
    public final Ids ids = new CountingIds();
    private final Ecs ecs = new Ecs(commits, events, (service, limit) -> deployments, ids);
    private final Map<String, Operation<?, ?>> operations = ecs.api().operations();

    public EcsFixture() {
        put(Cluster.of(Cluster.DEFAULT, NOW));
    }

    public ClusterState state() {
        return memory.state();
    }

    /** Calls the operation that the request's class is named after. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // so that a test names the response that it expects, once
    public <O extends SdkPojo> O call(SdkPojo request) {
        return call(request, CALLER);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // an operation answers with its own response
    public <O extends SdkPojo> O call(SdkPojo request, Caller caller) {
        SdkPojo response = answer(request, caller);
        return (O) (response instanceof Answer answer ? answer.response() : response);
    }

    /** With what the response's class lacks. */
    @SuppressWarnings("unchecked") // the operation's own request
    public SdkPojo answer(SdkPojo request, Caller caller) {
        String name = request.getClass().getSimpleName().replace("Request", "");
        Operation<SdkPojo, SdkPojo> operation = (Operation<SdkPojo, SdkPojo>) operations.get(name);
        return operation.handler().handle(request, caller);
    }

    public ApiError refused(SdkPojo request) {
        try {
            SdkPojo answer = call(request);
            return Assertions.fail("was answered: " + answer);
        } catch (ApiError error) {
            return error;
        } catch (Invalid invalid) {
            return ApiError.invalidParameter(invalid);
        }
    }

    public void put(Entity... entities) {
        Plan.Builder plan = new Plan.Builder();
        for (Entity entity : entities) plan.add(Change.put(entity, Change.ANY));
        memory.commit(plan.build());
    }

    public EcsFixture withDefinition(String family) {
        call(definition(family).build());
        return this;
    }

    /** Adds a connected host of 2 cores and 4 GiB; its id is {@code digit} all over. */
    public EcsFixture withHost(String digit, String name) {
        ContainerInstance host = host(digit, name);
        put(host, new AgentSession(host.id(), "gateway-1", 1, NOW, true));
        return this;
    }

    /** Lets the real control loop do what is to be done now. */
    public void settle() {
        ControlLoop loop = new ControlLoop(Reconcilers.all(), List.of());
        View view = memory.open(loop::on);
        loop.open(view.snapshot());
        for (Optional<Plan> plan = loop.next(NOW); plan.isPresent(); plan = loop.next(NOW))
            loop.on(memory.commit(plan.get()), NOW);
        view.close();
    }

    public static RegisterTaskDefinitionRequest.Builder definition(String family) {
        return RegisterTaskDefinitionRequest.builder()
                .family(family)
                .containerDefinitions(ContainerDefinition.builder()
                        .name("app")
                        .image("web:1")
                        .memory(64)
                        .portMappings(PortMapping.builder().containerPort(80).build())
                        .build());
    }

    public static CreateServiceRequest.Builder service(String name) {
        return CreateServiceRequest.builder()
                .serviceName(name)
                .taskDefinition("web")
                .desiredCount(2);
    }

    public static TargetGroup targetGroup(String name) {
        return new TargetGroup(name, "HTTP", 80, "/", null, null, null, null, null, null, null, List.of(), NOW);
    }

    public static ContainerInstance host(String digit, String name) {
        return ContainerInstance.of(
                        new InstanceId(digit.repeat(32)), "default", name, new Resources(2048, 4096, 0), NOW)
                .but()
                .address("10.0.0.1")
                .versions("0.1.0", "20.10")
                .attributes(List.of(new Attribute(Attribute.AVAILABILITY_ZONE, "zone-a")))
                .build();
    }

    /** Events in memory, newest first. */
    public static final class Events implements ServiceEvents {
        private final List<ServiceEvent> all = new ArrayList<>();

        public void add(ServiceEvent event) {
            all.add(0, event);
        }

        @Override
        public List<ServiceEvent> ofService(ServiceId service, int limit) {
            return all.stream()
                    .filter(event -> service.equals(event.service()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<ServiceEvent> ofTask(TaskId task, int limit) {
            return all.stream()
                    .filter(event -> task.equals(event.task()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<ServiceEvent> about(String path, int limit) {
            return all.stream()
                    .filter(event -> path.equals(event.about()))
                    .limit(limit)
                    .toList();
        }
    }

    private static final class CountingIds implements Ids {
        private int next;

        @Override
        public String hex() {
            return String.format("%032x", ++next);
        }

        @Override
        public String number() {
            return String.valueOf(1_000_000_000_000_000_000L + ++next);
        }
    }
}
