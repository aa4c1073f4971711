package io.staithe.core.state;

import io.staithe.core.model.Key;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * Why a plan does something, for people. It becomes a service event, a line of {@code explain} and a metric.
 *
 * @param about the object that it is about
 * @param service the service in whose events it is shown; absent: none
 * @param task the task that it is about; absent: none
 * @param code an ECS event name where there is one, in capitals
 * @param message a sentence, in ECS's wording where it has one
 */
public record Reason(
        Key about, @Nullable ServiceId service, @Nullable TaskId task, String code, String message) {}
