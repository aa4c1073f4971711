package io.staithe.server;

import com.google.protobuf.ByteString;
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
import io.staithe.proto.v1.LogChunk;
import io.staithe.proto.v1.LogRequest;
import io.staithe.proto.v1.Reports;
import io.staithe.proto.v1.Resources;
import io.staithe.proto.v1.TaskProtectionAnswer;
import io.staithe.proto.v1.TaskProtectionRequest;
import io.staithe.proto.v1.TaskReport;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** An agent without containers: says at once that what it is asked to run runs, and that what is to stop has stopped. */
final class ScriptedAgent implements StreamObserver<GatewayMessage>, AutoCloseable {
    /** What every container has said; none ever says more. */
    static final String LOG = "one\ntwo\n";

    private static final long PATIENCE_SECONDS = 20;

    private final String instance = UUID.randomUUID().toString().replace("-", "");
    private final ManagedChannel channel;
    private final ExecutorService heart = Executors.newSingleThreadExecutor();
    private final CompletableFuture<String> welcome = new CompletableFuture<>();
    private final CompletableFuture<String> refusal = new CompletableFuture<>();
    private final Map<String, Instant> running = new ConcurrentHashMap<>();
    private final BlockingQueue<TaskProtectionAnswer> protections = new LinkedBlockingQueue<>();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger sequence = new AtomicInteger();
    private StreamObserver<AgentMessage> out;

    private ScriptedAgent(ManagedChannel channel) {
        this.channel = channel;
    }

    static ScriptedAgent join(String host, int port, String token, String cluster) {
        ManagedChannel channel =
                ManagedChannelBuilder.forAddress(host, port).usePlaintext().build();
        ScriptedAgent agent = new ScriptedAgent(channel);
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        agent.out = AgentGatewayGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .session(agent);
        agent.send(AgentMessage.newBuilder().setHello(agent.hello(cluster)).build());
        agent.send(AgentMessage.newBuilder()
                .setReports(Reports.newBuilder().setFull(true))
                .build());
        agent.heart.execute(agent::beat);
        return agent;
    }

    String awaitWelcome() throws Exception {
        return welcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    String awaitRefusal() throws Exception {
        return refusal.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** What a task asks from inside; without {@code enabled}, nothing is to be changed. */
    TaskProtectionAnswer askProtection(String task, @Nullable Boolean enabled) throws Exception {
        TaskProtectionRequest.Builder request =
                TaskProtectionRequest.newBuilder().setRequestId(7).setTask(task);
        if (enabled != null) request.setProtectionEnabled(enabled).setExpiresInMinutes(10);
        send(AgentMessage.newBuilder().setTaskProtection(request).build());
        return protections.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Tasks that were ever started. */
    int started() {
        return started.get();
    }

    @Override
    public void onNext(GatewayMessage message) {
        if (message.hasWelcome()) welcome.complete(message.getWelcome().getEpoch());
        if (message.hasRefusal())
            refusal.complete(message.getRefusal().getCode().name());
        if (message.hasTaskProtection()) protections.add(message.getTaskProtection());
        if (message.hasLogRequest()) answer(message.getLogRequest());
        if (!message.hasAssignment()) return;
        for (AssignmentItem item : message.getAssignment().getPutList()) if (item.hasTask()) carryOut(item.getTask());
    }

    @Override
    public void onError(Throwable error) {
        welcome.completeExceptionally(error);
        refusal.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
        out.onCompleted();
    }

    @Override
    public void close() {
        heart.shutdownNow();
        channel.shutdownNow();
    }

    private void answer(LogRequest request) {
        if (request.getFollow()) return;
        LogChunk.Builder chunk =
                LogChunk.newBuilder().setRequestId(request.getRequestId()).setContainer("main");
        send(AgentMessage.newBuilder()
                .setLog(chunk.clone().setStream("stdout").setData(ByteString.copyFromUtf8(LOG)))
                .build());
        send(AgentMessage.newBuilder().setLog(chunk.setEnd(true)).build());
    }

    private void carryOut(AssignedTask task) {
        boolean stops = task.getDesiredStatus().equals("STOPPED");
        if (!stops && running.putIfAbsent(task.getTask(), Instant.now()) != null) return;
        if (!stops) started.incrementAndGet();
        send(AgentMessage.newBuilder()
                .setReports(Reports.newBuilder().addTasks(report(task, stops)))
                .build());
    }

    private TaskReport report(AssignedTask task, boolean stopped) {
        Timestamp startedAt = timestamp(running.computeIfAbsent(task.getTask(), t -> Instant.now()));
        ContainerReport.Builder container = ContainerReport.newBuilder()
                .setName(task.getDefinition().getContainerDefinitions(0).getName())
                .setImage(task.getDefinition().getContainerDefinitions(0).getImage())
                .setRuntimeId("c-" + task.getTask())
                .setLastStatus(stopped ? "STOPPED" : "RUNNING")
                .setHealthStatus("UNKNOWN")
                .setStartedAt(startedAt);
        TaskReport.Builder report = TaskReport.newBuilder()
                .setTask(task.getTask())
                .setInstance(instance)
                .setIncarnation(1)
                .setSequence(sequence.incrementAndGet())
                .setLastStatus(stopped ? "STOPPED" : "RUNNING")
                .setHealthStatus("UNKNOWN")
                .setPullStartedAt(startedAt)
                .setPullStoppedAt(startedAt)
                .setStartedAt(startedAt);
        if (stopped) {
            container.setExitCode(0).setFinishedAt(timestamp(Instant.now()));
            report.setExecutionStoppedAt(timestamp(Instant.now())).setStoppedAt(timestamp(Instant.now()));
        }
        return report.addContainers(container).build();
    }

    private Hello hello(String cluster) {
        return Hello.newBuilder()
                .setProtocolVersion(1)
                .setAgentVersion("test")
                .setInstanceId(instance)
                .setInstanceSecret("a-secret-of-this-test-" + instance)
                .setCluster(cluster)
                .setHostName("scripted")
                .setAddress("127.0.0.1")
                .setResources(Resources.newBuilder().setCpu(4096).setMemory(4096))
                .setIncarnation(1)
                .build();
    }

    /** Until the executor is shut down. */
    private void beat() {
        while (!heart.isShutdown()) {
            send(AgentMessage.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setRuntimeHealthy(true))
                    .build());
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private synchronized void send(AgentMessage message) {
        out.onNext(message);
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
