package io.staithe.server.manifest;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.Resources;
import io.staithe.server.ecs.Quantities;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Between what people write, dollars and cores, and what the model counts in: millionths of a dollar, and CPU units. */
public final class Amounts {
    private static final int MICRO_DIGITS = 6;
    private static final BigDecimal CPU_UNITS_IN_A_CORE = BigDecimal.valueOf(1024);

    private Amounts() {}

    public static BigDecimal dollars(long micros) {
        return plain(BigDecimal.valueOf(micros, MICRO_DIGITS));
    }

    static long micros(BigDecimal dollars, String field) {
        try {
            return dollars.movePointRight(MICRO_DIGITS).longValueExact();
        } catch (ArithmeticException notWhole) {
            throw new Invalid(field, "must be dollars with at most 6 digits after the point");
        }
    }

    static BigDecimal cores(int cpuUnits) {
        return plain(BigDecimal.valueOf(cpuUnits).divide(CPU_UNITS_IN_A_CORE));
    }

    static String mebibytes(Resources amount) {
        return String.valueOf(amount.memory());
    }

    /** @throws Invalid for {@code vcpu}, {@code memory} or {@code gpus} */
    static Resources resources(BigDecimal vcpu, String memory, int gpus, Map<String, Integer> others) {
        Integer mebibytes = Quantities.memory(memory);
        if (gpus < 0) throw new Invalid("gpus", "must be at least 0");
        return new Resources(cpuUnits(vcpu), mebibytes == null ? 0 : mebibytes, gpus, others);
    }

    private static int cpuUnits(BigDecimal vcpu) {
        BigDecimal units = vcpu.multiply(CPU_UNITS_IN_A_CORE).stripTrailingZeros();
        if (units.scale() > 0 || units.signum() < 0 || units.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0)
            throw new Invalid("vcpu", "must be cores such as 2 or 0.25, in steps of 1/1024");
        return units.intValueExact();
    }

    static int seconds(Duration span, String field) {
        if (span.toSeconds() > Integer.MAX_VALUE) throw new Invalid(field, "is too long");
        return (int) span.toSeconds();
    }

    /** What the model refuses is refused under the name that the field has in the file. */
    static <T> T named(Map<String, String> names, Supplier<T> made) {
        try {
            return made.get();
        } catch (Invalid invalid) {
            throw new Invalid(names.getOrDefault(invalid.field(), invalid.field()), invalid.rule());
        }
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
