package io.staithe.agent.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.TaskId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RequestRateTest {
    private static final TaskId A = TaskId.of("a".repeat(32));
    private static final TaskId B = TaskId.of("b".repeat(32));

    private final AtomicLong nanos = new AtomicLong();
    private final RequestRate rate = new RequestRate(nanos::get);

    private long allowed(TaskId task, int requests) {
        return IntStream.range(0, requests).filter(i -> rate.allows(task)).count();
    }

    @Test
    void oneTaskAloneIsSlowedDown() {
        assertEquals(RequestRate.BURST, allowed(A, 100));
        assertTrue(rate.allows(B));
        nanos.addAndGet(1_000_000_000);
        assertEquals(RequestRate.A_SECOND, allowed(A, 100));
        nanos.addAndGet(3_600_000_000_000L);
        assertEquals(RequestRate.BURST, allowed(A, 100));
    }
}
