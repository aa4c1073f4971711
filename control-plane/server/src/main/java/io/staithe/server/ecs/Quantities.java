package io.staithe.server.ecs;

import io.staithe.core.model.Invalid;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CPU and memory as ECS lets people write them on tasks: {@code 256}, {@code .25 vCPU}, {@code 1 vcpu}; {@code 512},
 * {@code 0.5 GB}, {@code 1 GB}.
 */
public final class Quantities {
    private static final BigDecimal CPU_UNITS_IN_A_CORE = BigDecimal.valueOf(1024);
    private static final BigDecimal MIB_IN_A_GIB = BigDecimal.valueOf(1024);
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CORES = Pattern.compile("([0-9]{0,6}\\.?[0-9]{1,6}) ?vcpu", Pattern.CASE_INSENSITIVE);
    private static final Pattern GIB = Pattern.compile("([0-9]{0,6}\\.?[0-9]{1,6}) ?GB", Pattern.CASE_INSENSITIVE);

    private Quantities() {}

    /** CPU units. */
    public static @Nullable Integer cpu(@Nullable String text) {
        return read(
                text, CORES, CPU_UNITS_IN_A_CORE, "cpu", "must be CPU units such as 256, or cores such as .25 vCPU");
    }

    /** MiB. */
    public static @Nullable Integer memory(@Nullable String text) {
        return read(text, GIB, MIB_IN_A_GIB, "memory", "must be MiB such as 512, or GiB such as 0.5 GB");
    }

    private static @Nullable Integer read(
            @Nullable String text, Pattern inUnit, BigDecimal unit, String field, String rule) {
        if (text == null) return null;
        String plain = text.strip();
        if (WHOLE.matcher(plain).matches()) return Integer.valueOf(plain);
        Matcher matcher = inUnit.matcher(plain);
        if (!matcher.matches()) throw new Invalid(field, rule);
        try {
            return new BigDecimal(matcher.group(1)).multiply(unit).intValueExact();
        } catch (ArithmeticException notWhole) {
            throw new Invalid(field, rule);
        }
    }
}
