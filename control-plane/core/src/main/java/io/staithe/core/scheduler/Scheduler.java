package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.scheduler.Placement.Nowhere.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides where a task runs. Planning, what-if and RunTask's check all ask here. */
public final class Scheduler {
    /** In the order in which they are asked; the first veto of a host is the one that is told. */
    private static final List<Rule> RULES = List.of(
            new HostTakesTasks(), new PlatformMatches(), new ConstraintsHold(), new PortsFree(), new ResourcesFit());

    private Scheduler() {}

    /** Does not change the hosts: whoever acts on the decision calls {@link Host#take}. */
    public static Placement place(Task task, @Nullable TaskDefinition definition, List<Host> hosts) {
        Rule.Demand demand = new Rule.Demand(task, definition);
        List<Host> fitting = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (Host host : hosts)
            firstVeto(demand, host)
                    .ifPresentOrElse(veto -> refusals.add(new Refusal(host, veto)), () -> fitting.add(host));
        if (fitting.isEmpty()) return new Placement.Nowhere(refusals);
        Comparator<Host> order = Strategies.order(task, hosts);
        Host best = fitting.stream().min(order).orElseThrow();
        String why = "best of " + fitting.size() + " fitting among " + hosts.size() + " hosts by "
                + Strategies.describe(task);
        return new Placement.On(best, new PlacementReport(why, hosts.size(), fitting.size(), List.of(), List.of()));
    }

    private static Optional<Veto> firstVeto(Rule.Demand demand, Host host) {
        for (Rule rule : RULES) {
            Optional<Veto> veto = rule.check(demand, host);
            if (veto.isPresent()) return veto;
        }
        return Optional.empty();
    }
}
