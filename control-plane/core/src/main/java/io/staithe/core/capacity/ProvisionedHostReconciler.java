package io.staithe.core.capacity;

import io.staithe.core.control.Reconciler;
import io.staithe.core.lifecycle.ProvisionedLifecycle;
import io.staithe.core.lifecycle.ProvisionedLifecycle.Event;
import io.staithe.core.metering.Metering;
import io.staithe.core.metering.Outbox;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Entity;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostReport;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.ProvisionedHost.Status;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leads each host that is bought along its life: by what its provider says, by its agent, and by what runs on it. One step a
 * call; its own write brings it back for the next.
 */
public final class ProvisionedHostReconciler implements Reconciler {
    /** How long one that is gone can still be read of. */
    public static final Duration KEPT = Duration.ofHours(1);

    /** ECS: a Spot interruption is announced two minutes before. */
    public static final Duration INTERRUPTION_NOTICE = Duration.ofMinutes(2);

    /** Where the group is forgotten. */
    private static final Duration JOIN_DEADLINE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "provisioned";
    }

    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        if (entity instanceof ProvisionedHost host) return Stream.of(host.key());
        if (entity instanceof HostReport report) return known(report.host(), state);
        if (entity instanceof ContainerInstance instance) return known(instance.id(), state);
        if (entity instanceof AgentSession session) return known(session.instance(), state);
        if (entity instanceof Task task && task.instance() != null) return known(task.instance(), state);
        return Stream.empty();
    }

    private static Stream<Key> known(InstanceId id, ClusterState state) {
        return state.provisionedHost(id).map(ProvisionedHost::key).stream();
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        return state.get(key, ProvisionedHost.class)
                .map(host -> new Step(state, host, now).plan())
                .orElse(Plan.NOTHING);
    }

    private static final class Step {
        private final ClusterState state;
        private final ProvisionedHost host;
        private final Instant now;
        private final @Nullable HostReport report;
        private final @Nullable ContainerInstance instance;
        private final Plan.Builder plan = new Plan.Builder();

        Step(ClusterState state, ProvisionedHost host, Instant now) {
            this.state = state;
            this.host = host;
            this.now = now;
            report = state.hostReport(host.id()).orElse(null);
            instance = state.instance(host.id())
                    .filter(known -> known.status() != ContainerInstance.Status.INACTIVE)
                    .orElse(null);
        }

        Plan plan() {
            if (host.isOver()) forget();
            else if (!host.status().isWanted()) end();
            else live();
            return plan.build();
        }

        private void live() {
            if (says(HostReport.State.REFUSED)) fail("the provider refuses it: " + message());
            else if (says(HostReport.State.GONE)) lose("the provider has it no longer");
            else if (instance != null && instance.status() == ContainerInstance.Status.LOST)
                lose("its agent is out of reach since " + instance.disconnectedSince());
            else if (says(HostReport.State.INTERRUPTED) && host.status() != Status.DRAINING)
                release("the provider takes it back: " + message());
            else if (host.status() == Status.DRAINING) drain();
            else if (host.joinedAt() == null) await();
            else use();
        }

        /** Until it has joined. */
        private void await() {
            Instant deadline = host.requestedAt()
                    .plus(state.hostGroup(host.group())
                            .map(HostGroup::joinDeadline)
                            .orElse(JOIN_DEADLINE));
            if (instance != null)
                write(
                        next(Event.REGISTERED)
                                .but()
                                .startedAt(now)
                                .joinedAt(now)
                                .emptySince(now),
                        "HOST_JOINED",
                        "has joined");
            else if (!now.isBefore(deadline))
                fail(
                        says(HostReport.State.UNAVAILABLE)
                                ? "it could not be had in time: " + message()
                                : "it did not join in time");
            else if (host.status() == Status.REQUESTED
                    && (says(HostReport.State.STARTING) || says(HostReport.State.RUNNING)))
                plan.update(state, next(Event.ACCEPTED).but().startedAt(now).build())
                        .wakeAt(deadline);
            else plan.wakeAt(deadline);
        }

        /** From its joining until it is to go. */
        private void use() {
            boolean empty = state.tasksOn(host.id()).allMatch(task -> task.isStopped() || task.isOfDaemon());
            if (host.status() == Status.JOINED && answers())
                write(next(Event.ANSWERS).but(), "HOST_READY", "takes tasks");
            else if (empty && host.emptySince() == null && host.dedicated()) release("its task has ended");
            else if (empty != (host.emptySince() != null))
                plan.update(state, host.but().emptySince(empty ? now : null).build());
        }

        private boolean answers() {
            return instance != null
                    && instance.isConnected()
                    && state.session(host.id())
                            .filter(AgentSession::runtimeHealthy)
                            .isPresent();
        }

        private void drain() {
            if (instance == null || state.tasksOn(host.id()).allMatch(Task::isStopped)) {
                write(next(Event.EMPTIED).but(), "HOST_STOPPING", "is empty, and given back");
                return;
            }
            if (!isDrained()) {
                write(next(Event.EMPTIED).but(), "HOST_STOPPING", "is given back without draining");
                return;
            }
            if (instance.status() == ContainerInstance.Status.ACTIVE) plan.update(state, draining(instance));
        }

        /** One that its provider takes back has its notice in any case: nothing would be gained by ending it earlier. */
        private boolean isDrained() {
            return says(HostReport.State.INTERRUPTED)
                    || Optional.ofNullable(host.capacityProvider())
                            .flatMap(state::capacityProvider)
                            .map(CapacityProvider::managedDraining)
                            .orElse(true);
        }

        private ContainerInstance draining(ContainerInstance on) {
            Instant deadline = says(HostReport.State.INTERRUPTED) && report != null
                    ? report.at().plus(INTERRUPTION_NOTICE)
                    : on.drainDeadline();
            return on.but()
                    .status(ContainerInstance.Status.DRAINING)
                    .drainDeadline(deadline)
                    .build();
        }

        /** What is left of it goes, until the provider says that nothing is. */
        private void end() {
            if (instance != null) {
                plan.update(
                        state,
                        instance.but().status(ContainerInstance.Status.INACTIVE).build());
                return;
            }
            // Nobody was asked for it: the guard sees to it that nobody is being asked at this moment.
            if (report == null) plan.guard(state, Key.hostReport(host.id()));
            else if (!says(HostReport.State.GONE)) return;
            ProvisionedHost.Builder gone = next(Event.GONE).but().endedAt(now);
            write(gone, "HOST_GONE", "is gone");
            Metering.of(gone.build(), now).ifPresent(usage -> Outbox.put(state, usage, plan));
        }

        private void forget() {
            forgetInstance();
            Instant until = host.endedAt() == null ? now : host.endedAt().plus(KEPT);
            if (now.isBefore(until)) {
                plan.wakeAt(until);
                return;
            }
            plan.delete(state, host.key());
            if (report != null) plan.delete(state, report.key());
        }

        /** As ECS forgets a terminated instance: when nobody speaks for it any more, and its tasks are known to have ended. */
        private void forgetInstance() {
            boolean isLeft = state.session(host.id()).isPresent()
                    || state.tasksOn(host.id()).anyMatch(task -> !task.isStopped());
            if (!isLeft && state.instance(host.id()).isPresent()) plan.delete(state, Key.instance(host.id()));
        }

        private void fail(String reason) {
            ProvisionedLifecycle.TABLE
                    .next(host.status(), Event.FAILED)
                    .ifPresent(to -> write(host.but().ending(to, reason, now), "HOST_FAILED", "has failed: " + reason));
        }

        private void lose(String reason) {
            ProvisionedLifecycle.TABLE
                    .next(host.status(), Event.VANISHED)
                    .ifPresent(to -> write(host.but().ending(to, reason, now), "HOST_LOST", "is lost: " + reason));
        }

        private void release(String reason) {
            ProvisionedLifecycle.TABLE
                    .next(host.status(), Event.RELEASED)
                    .ifPresent(to -> write(host.but().ending(to, reason, now), "HOST_RELEASED", "goes: " + reason));
        }

        private ProvisionedHost next(Event event) {
            return ProvisionedLifecycle.TABLE
                    .next(host.status(), event)
                    .map(to -> host.but().status(to).build())
                    .orElse(host);
        }

        private void write(ProvisionedHost.Builder to, String code, String what) {
            plan.update(state, to.build())
                    .because(new Reason(host.key(), null, null, code, "host " + host.id() + " " + what));
        }

        private boolean says(HostReport.State what) {
            return report != null && report.state() == what;
        }

        private String message() {
            return Optional.ofNullable(report).map(HostReport::message).orElse("it gives no reason");
        }
    }
}
