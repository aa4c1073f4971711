package io.staithe.core.control;

import io.staithe.core.capacity.ProvisionedHostReconciler;
import io.staithe.core.deployment.ServiceReconciler;
import io.staithe.core.instance.InstanceReconciler;
import io.staithe.core.job.JobReconciler;
import io.staithe.core.lifecycle.TaskReconciler;
import io.staithe.core.rebalance.RebalancingReconciler;
import io.staithe.core.retention.RetentionReconciler;
import io.staithe.core.schedule.ScheduleReconciler;
import io.staithe.core.scheduler.PlacementReconciler;
import java.util.List;
import java.util.stream.Stream;

/** The one place that says which reconcilers there are and in which order they run. */
public final class Reconcilers {
    private Reconcilers() {}

    /**
     * Facts first, then decisions, then tidying: hosts come and go; a task's reports move it along its life; services,
     * schedules and jobs start and stop tasks because of both; new tasks are placed in the same pass; what could be placed better is moved; what is old is
     * forgotten.
     */
    public static List<Reconciler> all() {
        return all(List.of());
    }

    /** @param capacity buys hosts for what could not be placed, and gives back what is not needed */
    public static List<Reconciler> all(List<Reconciler> capacity) {
        List<Reconciler> before = List.of(
                new InstanceReconciler(),
                new ProvisionedHostReconciler(),
                new TaskReconciler(),
                new ServiceReconciler(),
                new ScheduleReconciler(),
                new JobReconciler(),
                new PlacementReconciler());
        List<Reconciler> after = List.of(new RebalancingReconciler(), new RetentionReconciler());
        return Stream.of(before, capacity, after).flatMap(List::stream).toList();
    }
}
