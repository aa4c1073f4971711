package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A size in which a provider sells hosts, as one line of its price list.
 *
 * @param name the provider's own name for it, such as {@code m6i.large}
 * @param size what the machine has
 * @param overhead what its system, agent and container runtime keep of that
 * @param architecture {@code X86_64} or {@code ARM64}
 * @param zones Availability Zones in which it can be had; empty: the provider chooses, and nobody may ask for one
 * @param microsPerHour price on demand in millionths of a dollar; more than 0
 * @param spotMicrosPerHour price of one that the provider may take back; absent: there is none
 * @param startSeconds 0 to 3,600: how long one usually takes until it runs tasks
 * @param limit how many of them at once; absent: as many as the group may have
 */
public record HostType(
        String name,
        Resources size,
        Resources overhead,
        String architecture,
        List<String> zones,
        long microsPerHour,
        @Nullable Long spotMicrosPerHour,
        int startSeconds,
        @Nullable Integer limit) {
    /** A million dollars an hour: more is a mistake. */
    private static final long MAX_MICROS = 1_000_000_000_000L;

    public HostType {
        Check.text(name, "name", 128);
        Check.that(name.matches("[a-zA-Z0-9._-]+"), "name", "must be letters, digits, dots, hyphens and underscores");
        Check.that(
                size.cpu() > overhead.cpu() && size.memory() > overhead.memory() && overhead.fitsIn(size),
                "overhead",
                "must leave CPU and memory of " + name + " to tasks");
        Check.oneOf(architecture, List.of("X86_64", "ARM64"), "architecture");
        zones = Check.list(zones);
        Check.atMost(zones, 20, "zones");
        zones.forEach(zone -> Check.text(zone, "zones", 64));
        checkPrice(microsPerHour, "microsPerHour");
        if (spotMicrosPerHour != null) checkPrice(spotMicrosPerHour, "spotMicrosPerHour");
        Check.range(startSeconds, 0, 3600, "startSeconds");
        Check.range(limit, 0, 100_000, "limit");
    }

    private static void checkPrice(long micros, String field) {
        Check.that(micros > 0 && micros <= MAX_MICROS, field, "must be more than 0, and at most a million dollars");
    }

    /** What tasks get of it: a host that is offered as 1 vCPU and 2 GB fits a task of that size. */
    public Resources offered() {
        return size.minus(overhead);
    }
}
