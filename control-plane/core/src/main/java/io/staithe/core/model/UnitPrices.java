package io.staithe.core.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What is charged for CPU and memory, as Fargate does: by the second, whatever host it is on.
 *
 * @param microsPerVcpuHour millionths of a dollar for 1,024 CPU units over an hour
 * @param microsPerGbHour for 1,024 MiB over an hour
 * @param spotPercent 1 to 100: what FARGATE_SPOT costs of that
 * @param microsPerStorageGbHour for 1 GiB of ephemeral storage over an hour, beyond the 20 GiB that are free; 0: nothing
 */
public record UnitPrices(long microsPerVcpuHour, long microsPerGbHour, int spotPercent, long microsPerStorageGbHour) {
    /** Fargate's on Linux and x86 in us-east-1; its spot price varies, and is about a third. */
    public static final UnitPrices FARGATE = new UnitPrices(40_480, 4_445, 30, 111);

    private static final long MAX_MICROS = 1_000_000_000L;

    public UnitPrices {
        Check.that(
                microsPerVcpuHour > 0 && microsPerVcpuHour <= MAX_MICROS,
                "microsPerVcpuHour",
                "must be more than 0, and at most 1,000 dollars");
        Check.that(
                microsPerGbHour > 0 && microsPerGbHour <= MAX_MICROS,
                "microsPerGbHour",
                "must be more than 0, and at most 1,000 dollars");
        Check.range(spotPercent, 1, 100, "spotPercent");
        Check.that(
                microsPerStorageGbHour >= 0 && microsPerStorageGbHour <= MAX_MICROS,
                "microsPerStorageGbHour",
                "must be between 0 and 1,000 dollars");
    }

    /** Of this much for an hour, in millionths of a dollar, rounded up; CPU and memory alone have a price. */
    public long perHour(Resources amount, boolean spot) {
        long parts = amount.cpu() * microsPerVcpuHour + amount.memory() * microsPerGbHour;
        return ((spot ? parts * spotPercent / 100 : parts) + 1023) / 1024;
    }

    /**
     * Of what was used, in millionths of a dollar, rounded once, to the nearest. Spot lowers the price of CPU and memory, and not
     * of storage.
     *
     * @param cpuSeconds CPU units x seconds
     * @param memorySeconds MiB x seconds
     * @param storageSeconds GiB x seconds
     */
    public long of(long cpuSeconds, long memorySeconds, long storageSeconds, boolean spot) {
        BigInteger computing = product(cpuSeconds, microsPerVcpuHour)
                .add(product(memorySeconds, microsPerGbHour))
                .multiply(BigInteger.valueOf(spot ? spotPercent : 100));
        BigInteger storage = product(storageSeconds, microsPerStorageGbHour).multiply(BigInteger.valueOf(100 * 1024));
        return new BigDecimal(computing.add(storage))
                .divide(BigDecimal.valueOf(100L * 1024 * 3600), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static BigInteger product(long amount, long price) {
        return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(price));
    }
}
