package io.staithe.bench;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.VMTaskFitnessCalculator;
import io.staithe.core.workload.HostShape;
import io.staithe.core.workload.TaskShape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task as Fenzo is asked to place it. */
final class FenzoTask implements TaskRequest {
    static final String GPU = "gpu";

    private final int number;
    private final String id;
    private final TaskShape shape;
    private final Map<String, Double> gpus;
    private final List<ConstraintEvaluator> rules;
    private @Nullable AssignedResources assigned;

    FenzoTask(int number, TaskShape shape, List<HostShape> hosts) {
        this.number = number;
        this.id = "task-" + number;
        this.shape = shape;
        this.gpus = shape.gpus() == 0 ? Map.of() : Map.of(GPU, (double) shape.gpus());
        this.rules = FenzoRules.of(shape, hosts);
    }

    int number() {
        return number;
    }

    TaskShape shape() {
        return shape;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String taskGroupName() {
        return "";
    }

    @Override
    public double getCPUs() {
        return shape.cpu();
    }

    @Override
    public double getMemory() {
        return shape.memory();
    }

    @Override
    public double getNetworkMbps() {
        return 0;
    }

    @Override
    public double getDisk() {
        return 0;
    }

    /** Fenzo chooses ports; one that is fixed is a rule. */
    @Override
    public int getPorts() {
        return 0;
    }

    @Override
    public Map<String, Double> getScalarRequests() {
        return gpus;
    }

    @Override
    public Map<String, NamedResourceSetRequest> getCustomNamedResources() {
        return Map.of();
    }

    @Override
    public List<? extends ConstraintEvaluator> getHardConstraints() {
        return rules;
    }

    @Override
    public List<? extends VMTaskFitnessCalculator> getSoftConstraints() {
        return List.of();
    }

    @Override
    public void setAssignedResources(AssignedResources resources) {
        assigned = resources;
    }

    @Override
    public @Nullable AssignedResources getAssignedResources() {
        return assigned;
    }
}
