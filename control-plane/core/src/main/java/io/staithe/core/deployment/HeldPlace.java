package io.staithe.core.deployment;

import io.staithe.core.model.InstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place whose next task waits because the last ones failed one after the other.
 *
 * @param slot absent: the place is a host
 * @param host absent: the place is a slot
 * @param failures how many in a row
 * @param until when the next task may start
 */
public record HeldPlace(@Nullable Integer slot, @Nullable InstanceId host, int failures, Instant until) {
    static HeldPlace slot(int slot, BackOff.Pause pause) {
        return new HeldPlace(slot, null, pause.failures(), pause.until());
    }

    static HeldPlace host(InstanceId host, BackOff.Pause pause) {
        return new HeldPlace(null, host, pause.failures(), pause.until());
    }
}
