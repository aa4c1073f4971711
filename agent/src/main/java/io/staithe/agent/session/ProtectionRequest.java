package io.staithe.agent.session;

import io.staithe.core.model.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * A task's question about its own protection against scale-in.
 *
 * @param enabled absent: nothing is to be changed
 * @param expiresInMinutes absent: ECS's two hours
 */
public record ProtectionRequest(
        TaskId task, @Nullable Boolean enabled, @Nullable Integer expiresInMinutes) {}
