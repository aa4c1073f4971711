package io.staithe.capacity.planner;

import java.math.BigDecimal;

/** Prices for people. */
final class Money {
    private Money() {}

    /** {@code $0.0416 an hour}. */
    static String perHour(long micros) {
        return "$" + BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + " an hour";
    }
}
