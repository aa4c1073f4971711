package io.staithe.agent.container.docker;

import static io.staithe.agent.container.Container.State.EXITED;
import static io.staithe.agent.container.Container.State.RUNNING;
import static io.staithe.core.model.HealthStatus.HEALTHY;
import static io.staithe.core.model.HealthStatus.UNHEALTHY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.agent.container.Container;
import io.staithe.core.model.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LastSeenTest {
    private long nanos;
    private final LastSeen seen = new LastSeen(() -> nanos);
    private final Container web = new Container(
            "web",
            TaskId.of("1".repeat(32)),
            "app",
            "app:1",
            "sha256:1",
            RUNNING,
            null,
            false,
            null,
            HEALTHY,
            null,
            List.of(),
            Map.of(),
            7L,
            Instant.EPOCH,
            Instant.EPOCH,
            null);

    @BeforeEach
    void eventsAreHeard() {
        seen.hear();
    }

    @Test
    void isTheSameAsLongAsNothingSaysOtherwise() {
        assertEquals(Optional.empty(), seen.get("web", RUNNING, HEALTHY));
        seen.put(web, seen.mark());
        assertEquals(Optional.of(web), seen.get("web", RUNNING, HEALTHY));
    }

    @Test
    void anotherStateOrHealthInTheListSaysSo() {
        seen.put(web, seen.mark());
        assertEquals(Optional.empty(), seen.get("web", EXITED, HEALTHY));
        assertEquals(Optional.empty(), seen.get("web", RUNNING, UNHEALTHY));
    }

    @Test
    void anEventOfTheContainerSaysSo() {
        seen.put(web, seen.mark());
        seen.changed("another");
        assertEquals(Optional.of(web), seen.get("web", RUNNING, HEALTHY));
        seen.changed("web");
        assertEquals(Optional.empty(), seen.get("web", RUNNING, HEALTHY));
    }

    @Test
    void whatWasInspectedBeforeAnEventIsNotRememberedAfterIt() {
        long mark = seen.mark();
        seen.changed("web");
        seen.put(web, mark);
        assertEquals(Optional.empty(), seen.get("web", RUNNING, HEALTHY));
        seen.put(web, seen.mark());
        assertEquals(Optional.of(web), seen.get("web", RUNNING, HEALTHY));
    }

    @Test
    void whileEventsAreNotHeardNothingIsKnown() {
        seen.put(web, seen.mark());
        long before = seen.mark();
        seen.hearNothing();
        assertEquals(Optional.empty(), seen.get("web", RUNNING, HEALTHY));
        seen.put(web, seen.mark());
        assertEquals(Optional.empty(), seen.get("web", RUNNING, HEALTHY));
        long between = seen.mark();
        seen.hear();
        seen.put(web, before);
        seen.put(web, between);
        assertEquals(Optional.empty(), seen.get("web", RUNNING, HEALTHY));
        seen.put(web, seen.mark());
        assertEquals(Optional.of(web), seen.get("web", RUNNING, HEALTHY));
    }

    @Test
    void whatIsNotListedIsForgottenButForWhatCameLater() {
        seen.put(web, seen.mark());
        long listed = seen.mark();
        long inspected = seen.mark();
        seen.changed("new");
        seen.retain(Set.of(), listed);
        assertEquals(Optional.empty(), seen.get("web", RUNNING, HEALTHY));
        seen.put(web, inspected);
        assertEquals(Optional.of(web), seen.get("web", RUNNING, HEALTHY));
        seen.retain(Set.of("web"), listed);
        assertEquals(Optional.of(web), seen.get("web", RUNNING, HEALTHY));
    }

    @Test
    void aLostEventIsMadeGoodInTime() {
        seen.put(web, seen.mark());
        nanos += LastSeen.LONGEST.toNanos() - 1;
        assertEquals(Optional.of(web), seen.get("web", RUNNING, HEALTHY));
        nanos++;
        assertEquals(Optional.empty(), seen.get("web", RUNNING, HEALTHY));
    }
}
