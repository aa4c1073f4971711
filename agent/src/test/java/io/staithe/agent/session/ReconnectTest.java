package io.staithe.agent.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ReconnectTest {
    @Test
    void waitsLongerEachTimeUpToABoundAndForgets() {
        Reconnect reconnect = new Reconnect(new SplittableRandom(7));
        Duration most = Reconnect.FIRST;
        for (int i = 0; i < 20; i++) {
            Duration pause = reconnect.next();
            assertTrue(pause.compareTo(most) <= 0 && pause.compareTo(most.dividedBy(2)) >= 0, i + ": " + pause);
            most = most.multipliedBy(2).compareTo(Reconnect.MOST) < 0 ? most.multipliedBy(2) : Reconnect.MOST;
        }
        reconnect.forget();
        assertTrue(reconnect.next().compareTo(Reconnect.FIRST) <= 0);
    }
}
