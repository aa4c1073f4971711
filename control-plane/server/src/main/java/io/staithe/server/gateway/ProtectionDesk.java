package io.staithe.server.gateway;

import com.google.protobuf.Timestamp;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.ClusterState;
import io.staithe.proto.v1.GatewayMessage;
import io.staithe.proto.v1.TaskProtectionAnswer;
import io.staithe.proto.v1.TaskProtectionRequest;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.OwnProtection;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;

/**
 * Answers what tasks ask, through their agents, about their own protection. On threads of its own, since a commit may take
 * seconds; what has no room is refused at once. An agent speaks for the tasks of its host only.
 */
public final class ProtectionDesk {
    private static final Logger LOG = Logger.getLogger(ProtectionDesk.class);
    private static final int THREADS = 2;
    private static final int WAITING = 128;
    private static final long IDLE_SECONDS = 30;

    private final Supplier<ClusterState> state;
    private final OwnProtection protection;
    private final ThreadPoolExecutor threads;

    public ProtectionDesk(Supplier<ClusterState> state, OwnProtection protection) {
        this.state = state;
        this.protection = protection;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "task-protection");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** @param from the host of a stream that has been let in */
    void asked(InstanceId from, TaskProtectionRequest request, AgentStream stream) {
        try {
            threads.execute(() -> send(stream, request, answer(from, request)));
        } catch (RejectedExecutionException full) {
            ApiError busy = ApiError.badRequest("ThrottlingException", "Rate exceeded");
            send(stream, request, error(busy));
        }
    }

    private static void send(AgentStream stream, TaskProtectionRequest request, TaskProtectionAnswer.Builder answer) {
        stream.send(GatewayMessage.newBuilder()
                .setTaskProtection(answer.setRequestId(request.getRequestId()))
                .build());
    }

    private TaskProtectionAnswer.Builder answer(InstanceId from, TaskProtectionRequest request) {
        try {
            OwnProtection.Answer answer = protection.ask(
                    task(from, request.getTask()),
                    request.hasProtectionEnabled() ? request.getProtectionEnabled() : null,
                    request.hasExpiresInMinutes() ? request.getExpiresInMinutes() : null);
            return answer.failure() != null
                    ? failure(answer.failure())
                    : protection(Objects.requireNonNull(answer.protection()));
        } catch (ApiError refused) {
            return error(refused);
        } catch (Invalid invalid) {
            return error(ApiError.invalidParameter(invalid));
        } catch (RuntimeException fault) {
            LOG.errorf(fault, "the protection of task %s could not be asked for", request.getTask());
            return error(ApiError.server("Unexpected error occurred"));
        }
    }

    private Task task(InstanceId from, String id) {
        return state.get()
                .task(TaskId.of(id))
                .filter(task -> from.equals(task.instance()))
                .orElseThrow(() -> ApiError.resourceNotFound("Failed to find a task for the request"));
    }

    private static TaskProtectionAnswer.Builder protection(ProtectedTask task) {
        TaskProtectionAnswer.Protection.Builder protection =
                TaskProtectionAnswer.Protection.newBuilder().setEnabled(task.protectionEnabled());
        Instant until = task.expirationDate();
        if (until != null)
            protection.setExpiresAt(
                    Timestamp.newBuilder().setSeconds(until.getEpochSecond()).setNanos(until.getNano()));
        return TaskProtectionAnswer.newBuilder().setProtection(protection);
    }

    private static TaskProtectionAnswer.Builder failure(Failure failure) {
        return TaskProtectionAnswer.newBuilder()
                .setFailure(TaskProtectionAnswer.Failure.newBuilder()
                        .setReason(failure.reason())
                        .setDetail(Objects.requireNonNullElse(failure.detail(), "")));
    }

    private static TaskProtectionAnswer.Builder error(ApiError error) {
        return TaskProtectionAnswer.newBuilder()
                .setError(TaskProtectionAnswer.Error.newBuilder()
                        .setCode(error.code())
                        .setMessage(error.message())
                        .setStatus(error.status()));
    }
}
