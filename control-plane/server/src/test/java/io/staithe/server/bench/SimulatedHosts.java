package io.staithe.server.bench;

import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.staithe.proto.v1.AgentGatewayGrpc;
import io.staithe.proto.v1.AgentMessage;
import io.staithe.proto.v1.AssignedTask;
import io.staithe.proto.v1.AssignmentItem;
import io.staithe.proto.v1.ContainerReport;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.Heartbeat;
import io.staithe.proto.v1.Hello;
import io.staithe.proto.v1.Reports;
import io.staithe.proto.v1.Resources;
import io.staithe.proto.v1.TaskReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Many agents without containers, which say at once that what they are asked to run runs. They come back when their stream
 * breaks, and then say all that they know, as real ones do.
 */
final class SimulatedHosts implements AutoCloseable {
    private static final int CPU = 1 << 20;
    private static final int MEMORY_MIB = 1 << 20;
    private static final long HEARTBEAT_SECONDS = 5;
    private static final long RECONNECT_MILLIS = 500;

    private final ManagedChannel channel;
    private final Metadata headers = new Metadata();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Host> hosts = new ArrayList<>();

    SimulatedHosts(int count, String token) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", Installation.GATEWAY_PORT)
                .usePlaintext()
                .build();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        for (int n = 1; n <= count; n++) hosts.add(new Host(n));
        hosts.forEach(Host::connect);
        var unused = timer.scheduleAtFixedRate(
                () -> hosts.forEach(Host::beat), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    int tasks() {
        return hosts.stream().mapToInt(Host::tasks).sum();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        channel.shutdownNow();
    }

    private final class Host implements StreamObserver<GatewayMessage> {
        private final int number;
        private final String instance;
        private final Map<String, TaskReport> known = new LinkedHashMap<>();
        private @Nullable StreamObserver<AgentMessage> out;
        private long sequence;

        Host(int number) {
            this.number = number;
            instance = String.format("%032x", number);
        }

        synchronized int tasks() {
            return known.size();
        }

        synchronized void connect() {
            out = AgentGatewayGrpc.newStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .withWaitForReady()
                    .session(this);
            send(AgentMessage.newBuilder().setHello(hello()).build());
            send(AgentMessage.newBuilder()
                    .setReports(Reports.newBuilder().setFull(true).addAllTasks(known.values()))
                    .build());
        }

        synchronized void beat() {
            send(AgentMessage.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setRuntimeHealthy(true))
                    .build());
        }

        @Override
        public synchronized void onNext(GatewayMessage message) {
            if (!message.hasAssignment()) return;
            Reports.Builder news = Reports.newBuilder();
            for (AssignmentItem item : message.getAssignment().getPutList())
                if (item.hasTask() && !known.containsKey(item.getTask().getTask())) news.addTasks(run(item.getTask()));
            if (news.getTasksCount() > 0)
                send(AgentMessage.newBuilder().setReports(news).build());
        }

        @Override
        public synchronized void onError(Throwable error) {
            out = null;
            if (timer.isShutdown()) return;
            var unused = timer.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void onCompleted() {
            onError(new IllegalStateException("the gateway ended the session"));
        }

        private void send(AgentMessage message) {
            if (out != null) out.onNext(message);
        }

        private TaskReport run(AssignedTask task) {
            Instant now = Instant.now();
            Timestamp at = Timestamp.newBuilder()
                    .setSeconds(now.getEpochSecond())
                    .setNanos(now.getNano())
                    .build();
            TaskReport report = TaskReport.newBuilder()
                    .setTask(task.getTask())
                    .setInstance(instance)
                    .setIncarnation(1)
                    .setSequence(++sequence)
                    .setLastStatus("RUNNING")
                    .setHealthStatus("UNKNOWN")
                    .setStartedAt(at)
                    .addContainers(ContainerReport.newBuilder()
                            .setName(task.getDefinition()
                                    .getContainerDefinitions(0)
                                    .getName())
                            .setImage(task.getDefinition()
                                    .getContainerDefinitions(0)
                                    .getImage())
                            .setRuntimeId("c-" + task.getTask())
                            .setLastStatus("RUNNING")
                            .setHealthStatus("UNKNOWN")
                            .setStartedAt(at))
                    .build();
            known.put(task.getTask(), report);
            return report;
        }

        private Hello hello() {
            return Hello.newBuilder()
                    .setProtocolVersion(1)
                    .setAgentVersion("bench")
                    .setInstanceId(instance)
                    .setInstanceSecret("a-secret-of-this-benchmark-" + instance)
                    .setCluster("default")
                    .setHostName("simulated-" + number)
                    .setAddress("127.0.0.1")
                    .setResources(Resources.newBuilder().setCpu(CPU).setMemory(MEMORY_MIB))
                    .setIncarnation(1)
                    .build();
        }
    }
}
