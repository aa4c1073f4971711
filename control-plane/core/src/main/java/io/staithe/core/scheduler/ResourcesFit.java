package io.staithe.core.scheduler;

import io.staithe.core.model.Resources;
import java.util.Optional;

/** What the task reserves is free: CPU, memory, GPUs. */
final class ResourcesFit implements Rule {
    @Override
    public Optional<Veto> check(Demand demand, Host host) {
        Resources need = demand.task().reserved();
        Resources free = host.free();
        if (need.memory() > free.memory()) return lacking("MEMORY", "MiB of memory", need.memory(), free.memory());
        if (need.cpu() > free.cpu()) return lacking("CPU", "CPU units", need.cpu(), free.cpu());
        if (need.gpus() > free.gpus()) return lacking("GPU", "GPUs", need.gpus(), free.gpus());
        return Optional.empty();
    }

    private static Optional<Veto> lacking(String resource, String unit, int need, int free) {
        String message = "needs " + need + " " + unit + ", has " + Math.max(0, free) + " free";
        return Optional.of(new Veto("RESOURCE:" + resource, message, (long) need - free));
    }
}
