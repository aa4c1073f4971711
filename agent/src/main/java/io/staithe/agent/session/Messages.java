package io.staithe.agent.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.proto.v1.AgentMessage;
import io.staithe.proto.v1.Heartbeat;
import io.staithe.proto.v1.Hello;
import io.staithe.proto.v1.LogChunk;
import io.staithe.proto.v1.LogRequest;
import io.staithe.proto.v1.Reports;
import io.staithe.proto.v1.Resources;
import io.staithe.proto.v1.TaskProtectionAnswer;
import io.staithe.proto.v1.TaskProtectionRequest;
import io.staithe.wire.Wire;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes over the stream, from and to what it means. */
final class Messages {
    /** The version of the protocol that this agent speaks. */
    static final int PROTOCOL_VERSION = 1;

    private Messages() {}

    static AgentMessage hello(Introduction host) {
        Hello.Builder hello = Hello.newBuilder()
                .setProtocolVersion(PROTOCOL_VERSION)
                .setAgentVersion(host.agentVersion())
                .setInstanceId(host.instance().value())
                .setInstanceSecret(host.secret())
                .setCluster(host.cluster())
                .setHostName(host.hostName())
                .setAddress(host.address())
                .setResources(Wire.toMessage(host.resources(), Resources.class))
                .setEdge(host.edge())
                .setDockerVersion(host.dockerVersion())
                .setIncarnation(host.incarnation());
        for (HostPort port : host.reservedPorts())
            hello.addReservedPorts(Wire.toMessage(port, io.staithe.proto.v1.HostPort.class));
        for (Attribute attribute : host.attributes())
            hello.addAttributes(Wire.toMessage(attribute, io.staithe.proto.v1.Attribute.class));
        return AgentMessage.newBuilder().setHello(hello).build();
    }

    static AgentMessage heartbeat(boolean runtimeHealthy) {
        return AgentMessage.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setRuntimeHealthy(runtimeHealthy))
                .build();
    }

    static AgentMessage reports(
            boolean full, List<TaskReport> tasks, List<TargetHealth> targets, List<String> removedTargets) {
        Reports.Builder reports = Reports.newBuilder().setFull(full).addAllRemovedTargets(removedTargets);
        for (TaskReport task : tasks) reports.addTasks(Wire.toMessage(task, io.staithe.proto.v1.TaskReport.class));
        for (TargetHealth target : targets)
            reports.addTargets(Wire.toMessage(target, io.staithe.proto.v1.TargetHealth.class));
        return AgentMessage.newBuilder().setReports(reports).build();
    }

    static AgentMessage log(long id, String container, boolean stderr, ByteString data) {
        return AgentMessage.newBuilder()
                .setLog(LogChunk.newBuilder()
                        .setRequestId(id)
                        .setContainer(container)
                        .setStream(stderr ? "stderr" : "stdout")
                        .setData(data))
                .build();
    }

    static AgentMessage endOfLog(long id, @Nullable String error) {
        return AgentMessage.newBuilder()
                .setLog(LogChunk.newBuilder().setRequestId(id).setEnd(true).setError(error == null ? "" : error))
                .build();
    }

    static AgentMessage protectionRequest(long id, ProtectionRequest request) {
        TaskProtectionRequest.Builder message = TaskProtectionRequest.newBuilder()
                .setRequestId(id)
                .setTask(request.task().value());
        if (request.enabled() != null) message.setProtectionEnabled(request.enabled());
        if (request.expiresInMinutes() != null) message.setExpiresInMinutes(request.expiresInMinutes());
        return AgentMessage.newBuilder().setTaskProtection(message).build();
    }

    static ProtectionAnswer protectionAnswer(TaskProtectionAnswer message) {
        return switch (message.getAnswerCase()) {
            case PROTECTION -> {
                TaskProtectionAnswer.Protection protection = message.getProtection();
                yield new ProtectionAnswer.Protection(
                        protection.getEnabled(), protection.hasExpiresAt() ? instant(protection.getExpiresAt()) : null);
            }
            case FAILURE ->
                new ProtectionAnswer.Failure(
                        message.getFailure().getReason(), message.getFailure().getDetail());
            case ERROR ->
                new ProtectionAnswer.Rejection(
                        message.getError().getCode(),
                        message.getError().getMessage(),
                        message.getError().getStatus());
            case ANSWER_NOT_SET -> ProtectionAnswer.UNREACHABLE; // of a kind that a newer control plane knows
        };
    }

    /** @throws io.staithe.core.model.Invalid when it names no task */
    static LogOrder logOrder(LogRequest request) {
        return new LogOrder(
                request.getRequestId(),
                TaskId.of(request.getTask()),
                request.getContainer().isEmpty() ? null : request.getContainer(),
                request.getFollow(),
                request.getTail() <= 0 ? null : request.getTail(),
                request.hasSince() ? instant(request.getSince()) : null);
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
