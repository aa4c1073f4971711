package io.staithe.server.ecs;

import io.staithe.core.model.Task;
import io.staithe.server.aws.ArnScope;
import io.staithe.server.aws.Caller;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionResponse;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

/** The same protection, asked for by the task itself: UpdateTaskProtection and GetTaskProtection with the task as caller. */
public final class OwnProtection {
    private final TaskProtection protection;
    private final ArnScope scope;
    private final InstantSource clock;

    public OwnProtection(Commits commits, ArnScope scope, InstantSource clock) {
        protection = new TaskProtection(commits);
        this.scope = scope;
        this.clock = clock;
    }

    /** One of both is there. */
    public record Answer(
            @Nullable ProtectedTask protection, @Nullable Failure failure) {
        private static Answer of(List<ProtectedTask> tasks, List<Failure> failures) {
            return failures.isEmpty() ? new Answer(tasks.get(0), null) : new Answer(null, failures.get(0));
        }
    }

    /**
     * Blocks until it is written.
     *
     * @param enabled absent: only asks
     * @throws io.staithe.server.aws.ApiError as UpdateTaskProtection does
     * @throws io.staithe.core.model.Invalid when the minutes are out of range
     */
    public Answer ask(Task task, @Nullable Boolean enabled, @Nullable Integer expiresInMinutes) {
        Caller caller = caller(task);
        if (enabled == null) {
            GetTaskProtectionResponse found = protection.get(
                    GetTaskProtectionRequest.builder()
                            .cluster(task.cluster())
                            .tasks(task.id().value())
                            .build(),
                    caller);
            return Answer.of(found.protectedTasks(), found.failures());
        }
        UpdateTaskProtectionResponse updated = protection.update(
                UpdateTaskProtectionRequest.builder()
                        .cluster(task.cluster())
                        .tasks(task.id().value())
                        .protectionEnabled(enabled)
                        .expiresInMinutes(expiresInMinutes)
                        .build(),
                caller);
        return Answer.of(updated.protectedTasks(), updated.failures());
    }

    private Caller caller(Task task) {
        return new Caller(
                scope.account(),
                scope.region(),
                "task/" + task.id(),
                "",
                UUID.randomUUID().toString(),
                null,
                null,
                null,
                clock.instant());
    }
}
