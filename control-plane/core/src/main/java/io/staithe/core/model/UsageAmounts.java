package io.staithe.core.model;

import java.math.BigInteger;

/**
 * How much was used, in whole numbers, so that sums are exact.
 *
 * @param seconds that are billed
 * @param cpuSeconds CPU units x seconds; 1,024 are a vCPU for a second
 * @param memorySeconds MiB x seconds
 * @param storageSeconds GiB x seconds of scratch space beyond what is free
 * @param micros what it costs, in millionths of a dollar; 0: nothing of its own
 */
public record UsageAmounts(long seconds, long cpuSeconds, long memorySeconds, long storageSeconds, long micros) {
    public static final UsageAmounts NONE = new UsageAmounts(0, 0, 0, 0, 0);

    public UsageAmounts {
        Check.that(seconds >= 0, "seconds", "must not be negative");
        Check.that(cpuSeconds >= 0, "cpuSeconds", "must not be negative");
        Check.that(memorySeconds >= 0, "memorySeconds", "must not be negative");
        Check.that(storageSeconds >= 0, "storageSeconds", "must not be negative");
        Check.that(micros >= 0, "micros", "must not be negative");
    }

    /** @throws ArithmeticException beyond what a long holds: 10,000 of the largest hosts for 10,000 years */
    public UsageAmounts plus(UsageAmounts other) {
        return new UsageAmounts(
                Math.addExact(seconds, other.seconds),
                Math.addExact(cpuSeconds, other.cpuSeconds),
                Math.addExact(memorySeconds, other.memorySeconds),
                Math.addExact(storageSeconds, other.storageSeconds),
                Math.addExact(micros, other.micros));
    }

    public UsageAmounts minus(UsageAmounts part) {
        return new UsageAmounts(
                seconds - part.seconds,
                cpuSeconds - part.cpuSeconds,
                memorySeconds - part.memorySeconds,
                storageSeconds - part.storageSeconds,
                micros - part.micros);
    }

    /** {@code part} of {@code whole}, each amount rounded down: a larger part never has less, and the whole has all. */
    public UsageAmounts share(long part, long whole) {
        if (part == whole) return this;
        return new UsageAmounts(
                share(seconds, part, whole),
                share(cpuSeconds, part, whole),
                share(memorySeconds, part, whole),
                share(storageSeconds, part, whole),
                share(micros, part, whole));
    }

    private static long share(long amount, long part, long whole) {
        return BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }
}
