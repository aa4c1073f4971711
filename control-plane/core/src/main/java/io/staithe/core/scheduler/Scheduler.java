package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides where a task runs, and says why. Planning, what-if and RunTask's check all ask here. */
public final class Scheduler {
    private static final int[] NO_SLOTS = {};

    private Scheduler() {}

    /** Does not change the fleet: whoever acts on the decision calls {@link Fleet#take}. */
    public static Placement place(Task task, @Nullable TaskDefinition definition, Fleet fleet) {
        return place(Demand.of(task, definition), chance(task), fleet);
    }

    /** @param chance what {@code random} draws: the same finds the same host */
    public static Placement place(Demand demand, long chance, Fleet fleet) {
        Host best = fleet.choose(demand, chance, NO_SLOTS);
        if (best == null) return Placement.Nowhere.of(fleet.size(), Refusals.of(fleet, fleet.ask(demand)));
        return new Placement.On(best, demand, why(demand, chance, fleet, best));
    }

    /** Why this very host cannot take a task; empty: it can. */
    public static Optional<Veto> veto(Demand demand, Host host) {
        return Rules.ALL.stream()
                .flatMap(rule -> rule.check(demand, host).stream())
                .findFirst();
    }

    private static PlacementReport why(Demand demand, long chance, Fleet fleet, Host best) {
        List<PlacementReport.Candidate> candidates = new ArrayList<>();
        int[] told = {};
        for (Host host = best; host != null && candidates.size() < PlacementReport.MAX_CANDIDATES; ) {
            String score = Score.of(host, demand, fleet);
            candidates.add(new PlacementReport.Candidate(
                    host.instance().id(), host.instance().hostName(), score));
            told = Arrays.copyOf(told, told.length + 1);
            told[told.length - 1] = host.slot;
            host = fleet.choose(demand, chance, told);
        }
        String summary = "best of " + fleet.size() + (fleet.size() == 1 ? " host" : " hosts") + " by "
                + Ranking.describe(demand) + ": " + candidates.get(0).score();
        return new PlacementReport(summary, fleet.size(), List.of(), candidates);
    }

    /** The same for the same task, and different for different ones. */
    static long chance(Task task) {
        return Chance.of(task.id());
    }
}
