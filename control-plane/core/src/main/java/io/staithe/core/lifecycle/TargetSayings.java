package io.staithe.core.lifecycle;

import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.state.Reason;
import io.staithe.core.state.Tally;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service says of its targets when one of its tasks moves on, in the words of ECS's service events. A target is
 * registered when the task's containers run, drains when the task is asked to stop, and is deregistered when no edge host
 * sends requests to it any more.
 */
final class TargetSayings {
    private TargetSayings() {}

    static List<Reason> of(Task before, Task after) {
        ServiceId service = after.service();
        if (service == null || after.loadBalancers().isEmpty()) return List.of();
        List<Reason> said = new ArrayList<>();
        boolean had = isRegistered(before);
        boolean has = isRegistered(after);
        if (!had && has) ofEach(service, after, "SERVICE_TARGETS_REGISTERED", "registered ", said);
        if (had && before.lastStatus().isBefore(LastStatus.DEACTIVATING) && isDraining(after))
            said.add(Reason.counting(
                    service,
                    "SERVICE_CONNECTIONS_DRAINING",
                    new Tally("(service " + service.name() + ") has begun draining connections on ", 1, " tasks.")));
        if (had && !has) ofEach(service, after, "SERVICE_TARGETS_DEREGISTERED", "deregistered ", said);
        return said;
    }

    private static void ofEach(ServiceId service, Task task, String code, String verb, List<Reason> said) {
        for (LoadBalancerMapping mapping : task.loadBalancers())
            said.add(Reason.counting(
                    service,
                    code,
                    new Tally(
                            "(service " + service.name() + ") " + verb,
                            1,
                            " targets in (target-group " + mapping.targetGroup() + ")")));
    }

    /** Its containers have run, and edge hosts may have its targets. */
    private static boolean isRegistered(Task task) {
        return task.startedAt() != null && task.lastStatus().isBefore(LastStatus.STOPPING);
    }

    /** It was asked to stop; one whose containers ended by themselves has no connections left. */
    private static boolean isDraining(Task task) {
        return task.lastStatus() == LastStatus.DEACTIVATING || task.lastStatus() == LastStatus.STOPPING;
    }
}
