package io.staithe.core.metering;

import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import java.time.Instant;

/** The time that costs are asked for: {@code from} belongs to it, {@code to} does not. */
public record Window(Instant from, Instant to) {
    /** What is billed of a record in this time. */
    public UsageAmounts of(UsageRecord record) {
        return before(record, to).minus(before(record, from));
    }

    /** Of a sum, whose parts are not known any more, it is taken to be spread evenly over its time. */
    private static UsageAmounts before(UsageRecord record, Instant until) {
        BilledTime billed = new BilledTime(record.from(), record.to());
        return record.amounts().share(billed.secondsBefore(until), billed.seconds());
    }
}
