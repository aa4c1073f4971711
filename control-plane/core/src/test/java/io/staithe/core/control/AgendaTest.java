package io.staithe.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.control.Agenda.Work;
import io.staithe.core.model.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Work A = new Work(0, Key.family("a"));
    private static final Work B = new Work(0, Key.family("b"));
    private static final Work C = new Work(1, Key.family("a"));

    private final Agenda agenda = new Agenda();

    @Test
    void whatIsDueIsTakenOnceInTheReconcilersOrderAndThenTheKeys() {
        for (Work work : List.of(C, B, A, B)) agenda.markDue(work);
        assertEquals(List.of(A, B, C), takeAll());
        assertFalse(agenda.hasDue());
    }

    @Test
    void anAppointmentComesDueAtItsTime() {
        agenda.appoint(A, NOW.plusSeconds(1));
        agenda.turn(NOW.plusMillis(999));
        assertEquals(List.of(), takeAll());
        agenda.turn(NOW.plusSeconds(1));
        assertEquals(List.of(A), takeAll());
        assertEquals(Optional.empty(), agenda.nextAppointment());
    }

    @Test
    void aNewAppointmentReplacesTheOlder() {
        agenda.appoint(A, NOW.plusSeconds(1));
        agenda.appoint(B, NOW.plusSeconds(1));
        agenda.appoint(A, NOW.plusSeconds(5));
        agenda.turn(NOW.plusSeconds(1));
        assertEquals(List.of(B), takeAll());
        assertEquals(Optional.of(NOW.plusSeconds(5)), agenda.nextAppointment());
        agenda.appoint(A, null);
        assertEquals(Optional.empty(), agenda.nextAppointment());
    }

    @Test
    void theEarliestAppointmentIsNext() {
        agenda.appoint(A, NOW.plusSeconds(9));
        agenda.appoint(B, NOW.plusSeconds(3));
        assertEquals(Optional.of(NOW.plusSeconds(3)), agenda.nextAppointment());
    }

    @Test
    void cleared() {
        agenda.markDue(A);
        agenda.appoint(B, NOW);
        agenda.clear();
        agenda.turn(NOW.plusSeconds(1));
        assertFalse(agenda.hasDue());
        agenda.appoint(B, NOW);
        agenda.turn(NOW);
        assertTrue(agenda.hasDue());
    }

    private List<Work> takeAll() {
        List<Work> taken = new ArrayList<>();
        for (Optional<Work> work = agenda.take(); work.isPresent(); work = agenda.take()) taken.add(work.get());
        return taken;
    }
}
