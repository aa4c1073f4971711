package io.staithe.core.scheduler;

import io.staithe.core.model.PlacementReport;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was decided about a task: a host, or why none. */
public sealed interface Placement {
    /** For people. */
    PlacementReport why();

    record On(Host host, PlacementReport why) implements Placement {}

    /** @param vetoes the first veto of each host, in the hosts' order; empty when there is no host at all */
    record Nowhere(List<Refusal> vetoes) implements Placement {
        public record Refusal(Host host, Veto veto) {}

        public Nowhere {
            vetoes = List.copyOf(vetoes);
        }

        /** The reason that comes up most often among hosts that are alive, for RunTask's {@code failures}. */
        public String code() {
            return vetoes.stream()
                    .map(refusal -> refusal.veto().code())
                    .filter(code -> !code.equals("INACTIVE"))
                    .collect(Collectors.groupingBy(code -> code, LinkedHashMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse("EMPTY CAPACITY");
        }

        @Override
        public PlacementReport why() {
            return new PlacementReport(summary(), vetoes.size(), 0, List.of(), List.of());
        }

        private String summary() {
            if (vetoes.isEmpty()) return "the cluster has no host";
            Map<String, List<Refusal>> byCode = vetoes.stream()
                    .collect(Collectors.groupingBy(r -> r.veto().code(), LinkedHashMap::new, Collectors.toList()));
            String parts = byCode.values().stream()
                    .map(refusals -> describe(refusals, vetoes.size()))
                    .collect(Collectors.joining("; "));
            return "no host fits: " + parts;
        }

        private static String describe(List<Refusal> refusals, int hosts) {
            Optional<Refusal> nearest =
                    refusals.stream().min(Comparator.comparingLong(r -> r.veto().shortfall()));
            String example = nearest.map(
                            r -> r.host().instance().hostName() + " " + r.veto().message())
                    .orElse("");
            return refusals.size() + " of " + hosts + " (" + example + ")";
        }
    }
}
