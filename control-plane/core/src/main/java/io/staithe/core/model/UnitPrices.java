package io.staithe.core.model;

/**
 * What is charged for CPU and memory, as Fargate does: by the second, whatever host it is on.
 *
 * @param microsPerVcpuHour millionths of a dollar for 1,024 CPU units over an hour
 * @param microsPerGbHour for 1,024 MiB over an hour
 * @param spotPercent 1 to 100: what FARGATE_SPOT costs of that
 */
public record UnitPrices(long microsPerVcpuHour, long microsPerGbHour, int spotPercent) {
    /** Fargate's on Linux and x86 in us-east-1; its spot price varies, and is about a third. */
    public static final UnitPrices FARGATE = new UnitPrices(40_480, 4_445, 30);

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
    }

    /** Of this much for an hour, in millionths of a dollar, rounded up; CPU and memory alone have a price. */
    public long perHour(Resources amount, boolean spot) {
        long parts = amount.cpu() * microsPerVcpuHour + amount.memory() * microsPerGbHour;
        return ((spot ? parts * spotPercent / 100 : parts) + 1023) / 1024;
    }
}
