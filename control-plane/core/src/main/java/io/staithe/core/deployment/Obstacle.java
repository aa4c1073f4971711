package io.staithe.core.deployment;

import io.staithe.core.deployment.Waiting.For;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.scheduler.ClosestMatch;
import io.staithe.core.scheduler.Veto;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a rollout does not go on by itself.
 *
 * @param what it waits for therefore
 * @param until when time alone takes it away; absent: it does not
 * @param cause for people, where {@code what} does not say everything; else empty
 * @param code of the event
 * @param reason kept with the deployment: says by its change that there is news
 * @param messages each becomes an event, unless the deployment's reason names it already
 */
record Obstacle(For what, @Nullable Instant until, String cause, String code, String reason, List<Message> messages) {
    /** @param about is in the reason if and only if this was said */
    record Message(String about, String text) {}

    /** Hosts without room that are named. */
    private static final int MAX_NAMED = 10;

    /** Hosts that are to have a task have no room for it. */
    static Obstacle noRoom(Service service, Map<ContainerInstance, Veto> refusals) {
        List<Message> messages = refusals.entrySet().stream()
                .limit(MAX_NAMED)
                .map(refusal -> noRoom(refusal.getKey(), refusal.getValue()))
                .toList();
        String more = refusals.size() > MAX_NAMED ? " and " + (refusals.size() - MAX_NAMED) + " more" : "";
        String hosts = messages.stream().map(Message::about).collect(Collectors.joining(", ", "", more));
        String reason =
                "ECS deployment ecs-svc/" + service.deployment() + " is unable to place a task on " + hosts + ".";
        return new Obstacle(For.ROOM, null, hosts, "SERVICE_TASK_PLACEMENT_FAILURE", reason, messages);
    }

    private static Message noRoom(ContainerInstance host, Veto veto) {
        String about = host.hostName() + " (container-instance " + host.id() + ")";
        return new Message(
                about,
                "was unable to place a task because no container instance met all of its requirements. "
                        + ClosestMatch.of(host.hostName(), veto.code(), about + " " + veto.message()));
    }

    /** The deployment configuration allows no step at all. */
    static Obstacle blocked(Service service) {
        String reason = "ECS deployment ecs-svc/" + service.deployment()
                + " cannot move: minimumHealthyPercent allows no task to stop and maximumPercent allows none to start."
                + " Lower the one or raise the other.";
        return of(For.ANOTHER_CONFIGURATION, null, "SERVICE_DEPLOYMENT_BLOCKED", reason);
    }

    /** Tasks that would be stopped are protected. */
    static Obstacle isProtected(Service service, Collection<Task> tasks) {
        Instant first = tasks.stream()
                .map(Task::protectedUntil)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return of(
                For.PROTECTION,
                first,
                "SERVICE_TASKS_PROTECTED",
                "ECS deployment ecs-svc/" + service.deployment() + " waits: " + tasks.size()
                        + " of its tasks are protected from ending, the first until " + first + ".");
    }

    /**
     * Tasks fail one after the other, so their places wait. An episode is announced when its first place begins to wait, in
     * ECS's words; what comes later is in the reason.
     */
    static Obstacle failing(Service service, List<HeldPlace> held) {
        int failures = held.stream().mapToInt(HeldPlace::failures).max().orElseThrow();
        Instant first = held.stream()
                .map(HeldPlace::until)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        String about = "is unable to consistently start tasks successfully";
        String reason = "ECS deployment ecs-svc/" + service.deployment() + " " + about + ": up to " + failures
                + " failed in a row, and " + held.size() + " wait, the first until " + first + ".";
        List<Message> messages = failures == 2 ? List.of(new Message(about, about + ".")) : List.of();
        return new Obstacle(For.BACK_OFF, first, "", "SERVICE_TASK_START_IMPAIRED", reason, messages);
    }

    private static Obstacle of(For what, @Nullable Instant until, String code, String reason) {
        return new Obstacle(what, until, "", code, reason, List.of(new Message(reason, reason)));
    }
}
