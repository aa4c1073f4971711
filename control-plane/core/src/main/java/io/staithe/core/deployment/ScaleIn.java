package io.staithe.core.deployment;

import io.staithe.core.capacity.ProviderSplit;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.HostLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tasks go when there are more than wanted. As in ECS the placement strategies decide here too, one after the other:
 * {@code spread} takes from the zone or the host with the most tasks, {@code binpack} from the host with the most free of its
 * resource, so that hosts empty, and {@code random} by the task's id. What they leave equal goes from the fullest Availability
 * Zone, then from the fullest host, then the newest first. Before all that, tasks that serve least go, and those of the capacity
 * provider that has most beyond its share.
 */
final class ScaleIn {
    private static final String ATTRIBUTE = "attribute:";
    private static final List<PlacementStrategy> AT_LAST = List.of(
            new PlacementStrategy("spread", ATTRIBUTE + Attribute.AVAILABILITY_ZONE),
            new PlacementStrategy("spread", "instanceId"));

    /** What one strategy goes by, shared by the tasks it sees alike: the more, the sooner one of them goes. */
    private static final class Measure {
        private long value;
    }

    /** @param measures by strategy */
    private record Candidate(Task task, List<Measure> measures) {}

    private static final Comparator<Candidate> NEWEST_FIRST = Comparator.comparing(
                    (Candidate candidate) -> candidate.task.createdAt(), Comparator.reverseOrder())
            .thenComparing(candidate -> candidate.task.id());

    private final ClusterState state;
    private final List<PlacementStrategy> strategies = new ArrayList<>();
    private final List<Map<String, Measure>> measures = new ArrayList<>();

    private ScaleIn(ClusterState state, List<PlacementStrategy> strategies) {
        this.state = state;
        this.strategies.addAll(strategies);
        this.strategies.addAll(AT_LAST);
        this.strategies.forEach(strategy -> measures.add(new HashMap<>()));
    }

    /**
     * @param revision whose strategies and capacity providers decide
     * @param running what they count
     * @param kept those of them that must not go
     * @return at most {@code count} tasks, in the order in which to stop them
     */
    static List<Task> choose(
            ClusterState state, ServiceRevision revision, List<Task> running, Set<Task> kept, int count) {
        if (count <= 0) return List.of();
        ScaleIn scaleIn = new ScaleIn(state, revision.placementStrategy());
        List<Candidate> candidates = new ArrayList<>();
        for (Task task : running) {
            Candidate candidate = new Candidate(task, scaleIn.measuresOf(task));
            if (!kept.contains(task)) candidates.add(candidate);
        }
        List<Task> left = new ArrayList<>(running);
        List<Task> going = new ArrayList<>();
        while (going.size() < count && !candidates.isEmpty()) {
            Candidate next = candidates.stream().min(firstToGo(revision, left)).orElseThrow();
            candidates.remove(next);
            scaleIn.without(next);
            left.remove(next.task);
            going.add(next.task);
        }
        return going;
    }

    private static Comparator<Candidate> firstToGo(ServiceRevision revision, List<Task> left) {
        Optional<String> mostAhead =
                ProviderSplit.last(revision.capacityProviderStrategy(), provider -> (int) left.stream()
                        .filter(task -> provider.equals(task.capacityProvider()))
                        .count());
        return Comparator.comparing(Candidate::task, Verdicts.LEAST_USEFUL_FIRST)
                .thenComparing(candidate -> !mostAhead.equals(Optional.ofNullable(candidate.task.capacityProvider())))
                .thenComparing(ScaleIn::compareMeasures)
                .thenComparing(NEWEST_FIRST);
    }

    /** Counts the task. */
    private List<Measure> measuresOf(Task task) {
        List<Measure> all = new ArrayList<>();
        for (int i = 0; i < strategies.size(); i++) {
            PlacementStrategy strategy = strategies.get(i);
            Measure measure = measures.get(i).computeIfAbsent(placeOf(task, strategy), place -> new Measure());
            switch (strategy.type()) {
                case "spread" -> measure.value++;
                case "binpack" -> measure.value = free(task, strategy);
                default -> measure.value = task.id().value().hashCode();
            }
            all.add(measure);
        }
        return all;
    }

    private void without(Candidate gone) {
        for (int i = 0; i < strategies.size(); i++) {
            PlacementStrategy strategy = strategies.get(i);
            if (strategy.type().equals("spread")) gone.measures.get(i).value--;
            else if (strategy.type().equals("binpack")) gone.measures.get(i).value += reserved(gone.task, strategy);
        }
    }

    /** What the strategy sees alike. */
    private String placeOf(Task task, PlacementStrategy strategy) {
        String field = String.valueOf(strategy.field());
        if (strategy.type().equals("random")) return task.id().value();
        if (task.instance() == null) return "";
        if (!field.startsWith(ATTRIBUTE)) return task.instance().value();
        return state.instance(task.instance())
                .flatMap(host -> host.attribute(field.substring(ATTRIBUTE.length())))
                .orElse("");
    }

    private long free(Task task, PlacementStrategy strategy) {
        if (task.instance() == null) return 0;
        return state.load(task.instance())
                .map(HostLoad::free)
                .map(free -> isByCpu(strategy) ? free.cpu() : free.memory())
                .orElse(0);
    }

    private static long reserved(Task task, PlacementStrategy strategy) {
        return isByCpu(strategy) ? task.reserved().cpu() : task.reserved().memory();
    }

    private static boolean isByCpu(PlacementStrategy strategy) {
        return String.valueOf(strategy.field()).toLowerCase(Locale.ROOT).equals("cpu");
    }

    private static int compareMeasures(Candidate one, Candidate other) {
        for (int i = 0; i < one.measures.size(); i++) {
            int more = Long.compare(other.measures.get(i).value, one.measures.get(i).value);
            if (more != 0) return more;
        }
        return 0;
    }
}
