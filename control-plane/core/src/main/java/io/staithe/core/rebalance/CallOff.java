package io.staithe.core.rebalance;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.RebalancingStatus.CalledOff;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * That a move ends without its task having gone.
 *
 * @param why a clause without its full stop
 * @param failed whether its service is left alone for a while
 */
record CallOff(String why, boolean failed) {
    /** From the decision until the replacement counts as healthy, besides the service's grace period. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(10);
    private static final Duration LAST_PAUSE = Duration.ofHours(6);

    /** Empty: the move goes on. */
    static Optional<CallOff> of(ClusterState state, Task task, Instant now) {
        if (task.isProtectedAt(now)) return Optional.of(new CallOff("it is protected now", false));
        // It leaves by the rules of deployments and draining then, which may stop it without a replacement first.
        if (!isOfTheNewestDeployment(state, task))
            return Optional.of(new CallOff("a newer deployment replaces it", false));
        if (isOnADrainingHost(state, task)) return Optional.of(new CallOff("its host is draining", false));
        return whereNoHostTakesIt(state, task).or(() -> tooLate(state, task, now));
    }

    private static boolean isOfTheNewestDeployment(ClusterState state, Task task) {
        return Optional.ofNullable(task.service())
                .flatMap(state::service)
                .filter(service -> service.deployment().equals(task.deployment()))
                .isPresent();
    }

    private static boolean isOnADrainingHost(ClusterState state, Task task) {
        return Optional.ofNullable(task.instance())
                .flatMap(state::instance)
                .filter(host -> host.status() == ContainerInstance.Status.DRAINING)
                .isPresent();
    }

    private static Optional<CallOff> whereNoHostTakesIt(ClusterState state, Task task) {
        return state.tasksOf(Objects.requireNonNull(task.service()))
                .filter(other -> replaces(other, task) && other.instance() == null)
                .flatMap(other -> Optional.ofNullable(other.placement()).stream())
                .map(placement -> new CallOff("its replacement found no host: " + placement.summary(), true))
                .findFirst();
    }

    private static Optional<CallOff> tooLate(ClusterState state, Task task, Instant now) {
        if (now.isBefore(deadline(state, task))) return Optional.empty();
        String within = patience(state, task).toSeconds() + " s";
        return Optional.of(new CallOff("its replacement was not healthy within " + within, true));
    }

    static Instant deadline(ClusterState state, Task task) {
        return Objects.requireNonNull(task.relocation()).since().plus(patience(state, task));
    }

    private static Duration patience(ClusterState state, Task task) {
        return Optional.ofNullable(task.service())
                .flatMap(state::service)
                .map(Service::healthCheckGracePeriodSeconds)
                .map(PATIENCE::plusSeconds)
                .orElse(PATIENCE);
    }

    private static boolean replaces(Task other, Task task) {
        return other.isActive()
                && !other.id().equals(task.id())
                && Objects.equals(other.deployment(), task.deployment())
                && Objects.equals(other.slot(), task.slot());
    }

    /** The list with one more failure of a service: each in a row doubles the pause. */
    static List<CalledOff> after(List<CalledOff> before, ServiceId service, Instant now) {
        int times = before.stream()
                        .filter(failed -> failed.service().equals(service))
                        .filter(failed -> now.isBefore(failed.notBefore().plus(LAST_PAUSE)))
                        .mapToInt(CalledOff::times)
                        .max()
                        .orElse(0)
                + 1;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 10));
        Instant notBefore = now.plus(pause.compareTo(LAST_PAUSE) < 0 ? pause : LAST_PAUSE);
        List<CalledOff> after = new ArrayList<>();
        after.add(new CalledOff(service, times, notBefore));
        before.stream()
                .filter(failed -> !failed.service().equals(service))
                .filter(failed -> now.isBefore(failed.notBefore().plus(LAST_PAUSE)))
                .sorted(Comparator.comparing(CalledOff::notBefore).reversed())
                .limit(RebalancingStatus.MAX_CALLED_OFF - 1)
                .forEach(after::add);
        return after;
    }
}
