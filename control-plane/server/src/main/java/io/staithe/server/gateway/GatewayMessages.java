package io.staithe.server.gateway;

import com.google.protobuf.Duration;
import io.staithe.core.gateway.Outbound;
import io.staithe.core.gateway.Refusal;
import io.staithe.core.gateway.Reports;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskReport;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.Welcome;
import io.staithe.server.aws.ArnScope;
import io.staithe.wire.Wire;

/** The session's own messages and their meaning for the core. */
final class GatewayMessages {
    private GatewayMessages() {}

    static GatewayMessage welcome(Outbound.Welcome welcome, ArnScope scope) {
        Duration interval = Duration.newBuilder()
                .setSeconds(welcome.heartbeatInterval().toSeconds())
                .setNanos(welcome.heartbeatInterval().toNanosPart())
                .build();
        return GatewayMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setHeartbeatInterval(interval)
                        .setEpoch(welcome.epoch())
                        .setRegion(scope.region())
                        .setAccount(scope.account()))
                .build();
    }

    static GatewayMessage refusal(Refusal refusal) {
        return GatewayMessage.newBuilder()
                .setRefusal(io.staithe.proto.v1.Refusal.newBuilder()
                        .setCode(code(refusal.code()))
                        .setMessage(refusal.message()))
                .build();
    }

    static GatewayMessage delivery(Outbound.Deliver deliver) {
        return GatewayMessage.newBuilder()
                .setAssignment(Wire.toMessage(deliver.delta()))
                .build();
    }

    /** @throws Invalid naming the field that breaks a rule */
    static Reports reports(io.staithe.proto.v1.Reports message) {
        if (message.getTasksCount() > Reports.MAX_TASKS)
            throw new Invalid("tasks", "must be at most " + Reports.MAX_TASKS);
        if (message.getTargetsCount() > Reports.MAX_TARGETS || message.getRemovedTargetsCount() > Reports.MAX_TARGETS)
            throw new Invalid("targets", "must be at most " + Reports.MAX_TARGETS);
        return new Reports(
                message.getFull(),
                message.getTasksList().stream()
                        .map(report -> Wire.toRecord(report, TaskReport.class))
                        .toList(),
                message.getTargetsList().stream()
                        .map(health -> Wire.toRecord(health, TargetHealth.class))
                        .toList(),
                message.getRemovedTargetsList());
    }

    private static io.staithe.proto.v1.Refusal.Code code(Refusal.Code code) {
        return switch (code) {
            case VERSION -> io.staithe.proto.v1.Refusal.Code.VERSION;
            case CREDENTIALS -> io.staithe.proto.v1.Refusal.Code.CREDENTIALS;
            case STALE -> io.staithe.proto.v1.Refusal.Code.STALE;
            case INVALID -> io.staithe.proto.v1.Refusal.Code.INVALID;
            case BUSY -> io.staithe.proto.v1.Refusal.Code.BUSY;
        };
    }
}
