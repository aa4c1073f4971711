package io.staithe.capacity.planner;

import io.staithe.core.model.CapacityStatus.Hindrance;
import io.staithe.core.model.HostType;
import io.staithe.core.model.Resources;
import java.util.function.ToIntFunction;

/** Why no host type is good for a task, however many are bought. */
final class TooLarge {
    private TooLarge() {}

    static Hindrance of(Buying buying, Need need, int tasks) {
        Resources amount = need.amount();
        int mostCpu = most(buying, Resources::cpu);
        int mostMemory = most(buying, Resources::memory);
        String why;
        if (amount.cpu() > mostCpu) why = "needs " + amount.cpu() + " CPU units, the largest host type has " + mostCpu;
        else if (amount.memory() > mostMemory)
            why = "needs " + amount.memory() + " MiB of memory, the largest host type has " + mostMemory;
        else
            why =
                    "fits no host type: none has enough of everything that it asks for, and all that it requires of a host";
        return new Hindrance(
                buying.provider,
                "NO_HOST_TYPE",
                need.told() + " " + why + " (host group " + buying.group.name() + ")",
                tasks);
    }

    private static int most(Buying buying, ToIntFunction<Resources> amount) {
        return buying.group.types().stream()
                .map(HostType::offered)
                .mapToInt(amount)
                .max()
                .orElse(0);
    }
}
