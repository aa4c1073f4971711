package io.staithe.capacity.consolidation;

import io.staithe.core.model.Resources;
import java.util.List;

/**
 * A host that is paid for.
 *
 * @param id its own
 * @param offer index of the offer that it is of
 * @param microsPerHour what it costs, in millionths of a dollar; a spot host may cost less than its offer does now
 * @param room what is left of it
 * @param residents the tasks on it
 * @param mayGo false: it stays, whatever it costs (too young, brought by its user, needed for a least number)
 */
public record RunningHost(
        String id, int offer, long microsPerHour, Resources room, List<Resident> residents, boolean mayGo) {
    public RunningHost {
        residents = List.copyOf(residents);
    }

    boolean isRemovable() {
        return mayGo && residents.stream().allMatch(Resident::movable);
    }

    double disruption() {
        return residents.stream().mapToDouble(Resident::disruption).sum();
    }
}
