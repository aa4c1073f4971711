package io.staithe.core.deployment;

import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service's active tasks, sorted into those that stay and those that are to be replaced or go, and what its scheduling
 * strategy and its deployment configuration allow to be done about it now.
 */
interface Rollout {
    /**
     * A task that may be started.
     *
     * @param slot absent: its place is the host
     * @param host where it has to run; absent: the scheduler chooses
     */
    record Start(@Nullable Integer slot, @Nullable InstanceId host) {}

    /**
     * Why it does not go on by itself.
     *
     * @param code of the event
     * @param reason kept with the deployment: says by its change that there is news
     * @param messages each becomes an event, unless the deployment's reason names it already
     */
    record Obstacle(String code, String reason, List<Message> messages) {
        /** @param about is in the reason if and only if this was said */
        record Message(String about, String text) {}

        /** The deployment configuration allows no step at all. */
        static Obstacle blocked(Service service) {
            String reason = "ECS deployment ecs-svc/" + service.deployment()
                    + " cannot move: minimumHealthyPercent allows no task to stop and maximumPercent allows none to start.";
            return of("SERVICE_DEPLOYMENT_BLOCKED", reason);
        }

        /** Tasks that would be stopped are protected. */
        static Obstacle isProtected(Service service, Collection<Task> tasks) {
            Instant first = tasks.stream()
                    .map(Task::protectedUntil)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            return of(
                    "SERVICE_TASKS_PROTECTED",
                    "ECS deployment ecs-svc/" + service.deployment() + " waits: " + tasks.size()
                            + " of its tasks are protected from ending, the first until " + first + ".");
        }

        private static Obstacle of(String code, String reason) {
            return new Obstacle(code, reason, List.of(new Message(reason, reason)));
        }
    }

    /** How many tasks the service wants. */
    int desired();

    List<Task> staying();

    List<Task> leaving();

    /** What may be started now, in this order. */
    List<Start> toStart();

    /** The tasks that may be stopped now, in the order in which to stop them. */
    List<Task> toStop();

    /** For people. */
    String whyStop(Task task);

    /** Nothing is left to do, and everything is well. */
    boolean isSteady();

    Optional<Obstacle> obstacle();

    /** When time alone makes it worth looking again; absent: never. */
    @Nullable
    Instant wakeAt();
}
