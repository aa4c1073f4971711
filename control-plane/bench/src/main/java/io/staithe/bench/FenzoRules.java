package io.staithe.bench;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.TaskAssignmentResult;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.TaskTrackerState;
import com.netflix.fenzo.VirtualMachineCurrentState;
import io.staithe.core.workload.HostShape;
import io.staithe.core.workload.TaskShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rules in the form that Fenzo takes hard constraints. They look at the tasks of one host only, which is quicker than Fenzo's own
 * {@code UniqueHostAttrConstraint}: that asks where each of a task's co-tasks is, for every host.
 */
final class FenzoRules {
    private FenzoRules() {}

    static List<ConstraintEvaluator> of(TaskShape task, List<HostShape> hosts) {
        List<ConstraintEvaluator> rules = new ArrayList<>();
        task.attributes().forEach((name, values) -> rules.add(new HasAttribute(name, values, hosts)));
        if (task.apartFrom() != TaskShape.NONE) rules.add(new Apart(task.apartFrom()));
        if (task.port() != TaskShape.NONE) rules.add(new PortFree(task.port()));
        return rules;
    }

    private record HasAttribute(String name, Set<String> values, List<HostShape> hosts) implements ConstraintEvaluator {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public Result evaluate(TaskRequest task, VirtualMachineCurrentState host, TaskTrackerState all) {
            HostShape shape = hosts.get(FenzoHost.number(host.getHostname()));
            return values.contains(shape.attributes().get(name)) ? YES : new Result(false, name);
        }
    }

    private record Apart(int group) implements ConstraintEvaluator {
        @Override
        public String getName() {
            return "apart";
        }

        @Override
        public Result evaluate(TaskRequest task, VirtualMachineCurrentState host, TaskTrackerState all) {
            for (TaskRequest other : host.getRunningTasks()) if (isIts(other)) return new Result(false, "runs one");
            for (TaskAssignmentResult other : host.getTasksCurrentlyAssigned())
                if (isIts(other.getRequest())) return new Result(false, "runs one");
            return YES;
        }

        private boolean isIts(TaskRequest other) {
            return ((FenzoTask) other).shape().group() == group;
        }
    }

    private record PortFree(int port) implements ConstraintEvaluator {
        @Override
        public String getName() {
            return "port";
        }

        @Override
        public Result evaluate(TaskRequest task, VirtualMachineCurrentState host, TaskTrackerState all) {
            for (TaskRequest other : host.getRunningTasks()) if (has(other)) return new Result(false, "is taken");
            for (TaskAssignmentResult other : host.getTasksCurrentlyAssigned())
                if (has(other.getRequest())) return new Result(false, "is taken");
            return YES;
        }

        private boolean has(TaskRequest other) {
            return ((FenzoTask) other).shape().port() == port;
        }
    }

    private static final ConstraintEvaluator.Result YES = new ConstraintEvaluator.Result(true, "");
}
