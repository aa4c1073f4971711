package io.staithe.core.scheduler;

import io.staithe.core.capacity.ProviderChoice;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down what was decided about waiting tasks: a bounded plan. What is known already is not written again. */
final class Decisions {
    /**
     * Writes and events about the tasks that wait: with those about the tasks that stop for them, and the fence of the leader,
     * they fit a commit. The rest follows in the next plan.
     */
    static final int MAX_OPERATIONS = 64;

    private final ClusterState state;
    private final Instant now;
    private final Plan.Builder plan = new Plan.Builder();
    /** Whose refusal is told in this plan: one event says it for all of its tasks. */
    private final Set<String> told = new HashSet<>();

    private int operations;

    Decisions(ClusterState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    /** Whether decisions about so many tasks fit, whatever they are. */
    boolean haveRoomFor(int tasks) {
        return operations + tasks + 1 <= MAX_OPERATIONS;
    }

    void add(Task task, Placement placement) {
        if (placement instanceof Placement.On on) place(task, on);
        else if (placement instanceof Placement.Later later) nominate(task, later);
        else refuse(task, placement.why());
    }

    private void place(Task task, Placement.On on) {
        write(task.but()
                .placed(on.host().instance().id(), now, on.why())
                .lastStatus(LastStatus.PENDING)
                .build());
    }

    private void nominate(Task task, Placement.Later later) {
        Task after = task.but()
                .nominatedInstance(later.host().instance().id())
                .placement(later.why())
                .build();
        if (!after.equals(task)) write(after);
        for (Task victim : later.victims()) stop(victim, task);
    }

    /** Its containers end as those of any task do: targets drain first. */
    private void stop(Task victim, Task winner) {
        String why = "Makes room for task " + winner.id() + ofService(winner) + ": its priority "
                + winner.policy().priority() + " is higher than "
                + victim.policy().priority();
        plan.update(
                state, victim.but().stop(StopCode.SpotInterruption, why, now).build());
        plan.because(new Reason(
                victim.key(),
                victim.service(),
                victim.id(),
                "TASK_PREEMPTED",
                whose(victim) + " has lost (task " + victim.id() + "). " + why + "."));
    }

    private static String ofService(Task task) {
        return task.service() == null ? "" : " of service " + task.service().name();
    }

    private void refuse(Task task, PlacementReport why) {
        Task after = task.but().nominatedInstance(null).placement(why).build();
        if (after.equals(task)) return;
        write(after);
        if (task.placement() == null && !isBoughtFor(task) && told.add(whose(task))) say(task, why);
    }

    /** That no host fits is nothing special where hosts are bought for tasks; that none can be bought the planner says. */
    private boolean isBoughtFor(Task task) {
        return task.capacityProvider() != null
                && ProviderChoice.group(state, task.cluster(), task.capacityProvider())
                        .isPresent();
    }

    /** @param again when to look again whatever happens; absent: never */
    Plan plan(@Nullable Instant again) {
        return plan.wakeAt(again).build();
    }

    private void write(Task task) {
        plan.update(state, task);
        operations++;
    }

    private void say(Task task, PlacementReport why) {
        plan.because(new Reason(
                task.key(),
                task.service(),
                task.id(),
                "SERVICE_TASK_PLACEMENT_FAILURE",
                whose(task)
                        + " was unable to place a task because no container instance met all of its requirements. "
                        + ClosestMatch.of(why)));
        operations++;
    }

    private static String whose(Task task) {
        return task.service() == null
                ? "(task " + task.id() + ")"
                : "(service " + task.service().name() + ")";
    }
}
