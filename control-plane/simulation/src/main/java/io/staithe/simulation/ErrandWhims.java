package io.staithe.simulation;

import io.staithe.core.model.Job;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A user who now and then wants something done and over. */
final class ErrandWhims {
    private static final List<String> FAMILIES = List.of("quick", "broken", "endless");
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/St_Johns");
    private static final int SCHEDULES = 2;

    /** So short that every job is over before the system is looked at in the end. */
    private static final int WAIT_SECONDS = 30;

    private static final int RUN_SECONDS = 20;
    private static final int MAX_RETRIES = 2;

    private final Errands errands;
    private final Timeline timeline;
    private final Chance chance;
    private final Instant until;

    /** @param schedulesFor how long from the beginning on schedules fire */
    ErrandWhims(Errands errands, Timeline timeline, Chance chance, Duration schedulesFor) {
        this.errands = errands;
        this.timeline = timeline;
        this.chance = chance;
        until = timeline.now().plus(schedulesFor);
    }

    void begin() {
        errands.define("quick", 5, 0);
        errands.define("broken", 2, 3);
        errands.defineEndless("endless");
    }

    void act() {
        switch (chance.between(1, 10)) {
            case 1, 2, 3, 4, 5 -> errands.run(chance.pick(FAMILIES), policy());
            case 6 -> stopAJob();
            case 7 -> deleteASchedule();
            default -> declare();
        }
    }

    private JobPolicy policy() {
        return new JobPolicy(WAIT_SECONDS, chance.between(0, MAX_RETRIES), RUN_SECONDS);
    }

    private void stopAJob() {
        List<Job> active = errands.activeJobs();
        if (!active.isEmpty()) errands.stop(chance.pick(active));
    }

    private void deleteASchedule() {
        List<Schedule> all = errands.schedules();
        if (!all.isEmpty()) errands.delete(chance.pick(all));
    }

    /** A new one, or other times and tasks for one that is there. */
    private void declare() {
        if (!timeline.now().isBefore(until)) return;
        errands.declare(
                "schedule" + chance.between(1, SCHEDULES),
                expression(),
                chance.pick(ZONES),
                chance.pick(FAMILIES),
                chance.between(1, 3),
                policy(),
                chance.pick(List.of(Schedule.Overlap.values())),
                until);
    }

    private String expression() {
        return switch (chance.between(1, 3)) {
            case 1 -> "rate(1 minute)";
            case 2 -> "cron(* * * * ? *)";
            default -> "cron(0/2 * * * ? *)";
        };
    }
}
