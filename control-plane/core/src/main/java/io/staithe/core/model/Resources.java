package io.staithe.core.model;

/**
 * An amount of what hosts have and tasks reserve.
 *
 * @param cpu CPU units; 1024 are one core
 * @param memory MiB
 * @param gpus whole GPUs
 */
public record Resources(int cpu, int memory, int gpus) {
    public static final Resources NONE = new Resources(0, 0, 0);

    public Resources plus(Resources other) {
        return new Resources(cpu + other.cpu, memory + other.memory, gpus + other.gpus);
    }

    public Resources minus(Resources other) {
        return new Resources(cpu - other.cpu, memory - other.memory, gpus - other.gpus);
    }

    public boolean fitsIn(Resources room) {
        return cpu <= room.cpu && memory <= room.memory && gpus <= room.gpus;
    }
}
