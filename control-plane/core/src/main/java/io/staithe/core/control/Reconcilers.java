package io.staithe.core.control;

import io.staithe.core.deployment.ServiceReconciler;
import io.staithe.core.instance.InstanceReconciler;
import io.staithe.core.job.JobReconciler;
import io.staithe.core.lifecycle.TaskReconciler;
import io.staithe.core.rebalance.RebalancingReconciler;
import io.staithe.core.retention.RetentionReconciler;
import io.staithe.core.schedule.ScheduleReconciler;
import io.staithe.core.scheduler.PlacementReconciler;
import java.util.List;

/** The one place that says which reconcilers there are and in which order they run. */
public final class Reconcilers {
    private Reconcilers() {}

    /**
     * Facts first, then decisions, then tidying: hosts come and go; a task's reports move it along its life; services,
     * schedules and jobs start and stop tasks because of both; new tasks are placed in the same pass; what could be placed better is moved; what is old is
     * forgotten.
     */
    public static List<Reconciler> all() {
        return List.of(
                new InstanceReconciler(),
                new TaskReconciler(),
                new ServiceReconciler(),
                new ScheduleReconciler(),
                new JobReconciler(),
                new PlacementReconciler(),
                new RebalancingReconciler(),
                new RetentionReconciler());
    }
}
