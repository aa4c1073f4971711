package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was decided about a task: a host, now or once others have left it; or why none. */
public sealed interface Placement {
    /** For people. */
    PlacementReport why();

    /** @param demand what {@link Fleet#take} reserves on the host */
    record On(Host host, Demand demand, PlacementReport why) implements Placement {}

    /**
     * It waits until there is room for it on the host.
     *
     * @param victims tasks of lower priority that are to stop for it now
     */
    record Later(Host host, List<Task> victims, PlacementReport why) implements Placement {
        public Later {
            victims = List.copyOf(victims);
        }
    }

    /** @param refused every host under its first reason; empty when there is no host at all */
    record Nowhere(List<Refused> refused, PlacementReport why) implements Placement {
        public Nowhere {
            refused = List.copyOf(refused);
        }

        /** @param hosts how many the cluster has */
        static Nowhere of(int hosts, List<Refused> refused) {
            List<PlacementReport.RuledOut> ruledOut = refused.stream()
                    .sorted(Comparator.comparingInt(Refused::hosts).reversed().thenComparing(Nowhere::isAway))
                    .limit(PlacementReport.MAX_RULED_OUT)
                    .map(Refused::told)
                    .toList();
            return new Nowhere(refused, new PlacementReport(summary(hosts, ruledOut), hosts, ruledOut, List.of()));
        }

        /** The same, with something else to say of it. */
        Nowhere saying(String summary) {
            return new Nowhere(refused, new PlacementReport(summary, why.hosts(), why.ruledOut(), why.candidates()));
        }

        /** The reason that keeps most of the hosts that are alive, or headroom, for RunTask's {@code failures}. */
        public String code() {
            return main().map(Refused::code).orElse("EMPTY CAPACITY");
        }

        /** Absent: no host is alive. */
        public Optional<Refused> main() {
            return refused.stream()
                    .filter(reason -> !isAway(reason))
                    .reduce((one, other) ->
                            other.hosts() > one.hosts() && !one.code().equals(Headroom.CODE) ? other : one);
        }

        private static boolean isAway(Refused reason) {
            return reason.code().equals("INACTIVE");
        }

        private static String summary(int hosts, List<PlacementReport.RuledOut> ruledOut) {
            if (ruledOut.isEmpty()) return "the cluster has no host";
            return "no host fits: "
                    + ruledOut.stream()
                            .map(out ->
                                    out.hosts() + " of " + hosts + " (" + out.nearestHost() + " " + out.message() + ")")
                            .collect(Collectors.joining("; "));
        }
    }
}
