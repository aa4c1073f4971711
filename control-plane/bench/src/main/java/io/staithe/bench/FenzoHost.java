package io.staithe.bench;

import com.netflix.fenzo.VirtualMachineLease;
import io.staithe.core.workload.HostShape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.mesos.Protos;
import org.jspecify.annotations.Nullable;

/** All of a host as one offer to Fenzo. Its name is its number. */
final class FenzoHost implements VirtualMachineLease {
    private static final double PLENTY = 1e9;

    private final String name;
    private final HostShape shape;
    private final Map<String, Double> gpus;

    FenzoHost(int number, HostShape shape) {
        this.name = Integer.toString(number);
        this.shape = shape;
        this.gpus = shape.gpus() == 0 ? Map.of() : Map.of(FenzoTask.GPU, (double) shape.gpus());
    }

    static int number(String name) {
        return Integer.parseInt(name);
    }

    @Override
    public String getId() {
        return name;
    }

    @Override
    public long getOfferedTime() {
        return 0;
    }

    @Override
    public String hostname() {
        return name;
    }

    @Override
    public String getVMID() {
        return name;
    }

    @Override
    public double cpuCores() {
        return shape.cpu();
    }

    @Override
    public double memoryMB() {
        return shape.memory();
    }

    @Override
    public double networkMbps() {
        return PLENTY;
    }

    @Override
    public double diskMB() {
        return PLENTY;
    }

    @Override
    public List<Range> portRanges() {
        return List.of();
    }

    @Override
    public Protos.@Nullable Offer getOffer() {
        return null;
    }

    /** The rules look attributes up by the host's number, which costs less. */
    @Override
    public Map<String, Protos.Attribute> getAttributeMap() {
        return Collections.emptyMap(); // Fenzo asks for the name null, which Map.of() refuses
    }

    @Override
    public @Nullable Double getScalarValue(String name) {
        return gpus.get(name);
    }

    @Override
    public Map<String, Double> getScalarValues() {
        return gpus;
    }
}
