package io.staithe.core.rebalance;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a service would be spread over Availability Zones more evenly. A task moves from the zone with the most to the one
 * that the scheduler chooses, if that has at least two fewer: so the sum of the squares of all counts falls with every move,
 * and some day there is none.
 */
final class ZoneBalance {
    private static final int LEAST_DIFFERENCE = 2;

    private final Trial base;
    private final Limits limits;
    private final Movable movable;
    private final Instant now;

    ZoneBalance(Trial base, Limits limits, Movable movable, Instant now) {
        this.base = base;
        this.limits = limits;
        this.movable = movable;
        this.now = now;
    }

    /** Quick, and true too for services that cannot be spread better. */
    boolean isUneven(Service service) {
        Map<String, Integer> tasks = base.spread(service.taskGroup(), Attribute.AVAILABILITY_ZONE);
        int most = tasks.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        int fewest = tasks.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        return most - fewest >= LEAST_DIFFERENCE;
    }

    Optional<Finding> find(SteadyService of) {
        return new Search(of).find();
    }

    /** The moves of one service, one after the other as they would be carried out. */
    private final class Search {
        private final SteadyService of;
        /** What is there, with what has been started so far. */
        private final Trial startFirst = base.copy();
        /** The same without the tasks that leave. */
        private final Trial anew = base.copy();

        private final Map<String, List<Task>> tasksByZone = new TreeMap<>();
        private final Map<String, Integer> counts = new TreeMap<>();
        private final List<Relocated> moves = new ArrayList<>();
        private int gain;

        Search(SteadyService of) {
            this.of = of;
            for (Task task : of.tasks())
                host(task).flatMap(ZoneBalance::zone).ifPresent(zone -> {
                    tasksByZone.computeIfAbsent(zone, z -> new ArrayList<>()).add(task);
                    counts.merge(zone, 1, Integer::sum);
                });
            tasksByZone.values().forEach(tasks -> tasks.sort(leastMissed()));
        }

        Optional<Finding> find() {
            Optional<Step> first = step();
            if (first.isEmpty()) return Optional.empty();
            Optional<Hindrance> hindrance = limits.hindrance(of);
            if (hindrance.isPresent()) return held(first.get(), hindrance.get());
            int most = limits.left(of);
            for (Optional<Step> step = first; step.isPresent() && moves.size() < most; step = step()) {
                List<Task> candidates = tasksByZone.getOrDefault(step.get().from, List.of());
                Optional<Task> task = candidates.stream()
                        .filter(one -> movable.hindrance(one).isEmpty())
                        .findFirst();
                if (task.isEmpty()) {
                    if (moves.isEmpty()) return held(step.get(), movable.firstToEnd(candidates));
                    break;
                }
                if (!wouldGoElsewhere(task.get())) break;
                move(task.get(), step.get());
            }
            return moves.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Proposal("SERVICE_REBALANCING_STARTED", moves, gain, moves.size()));
        }

        /** Where the next replacement would go, if that makes it better. */
        private Optional<Step> step() {
            ContainerInstance to =
                    startFirst.start(of.replacement(moves.size(), now)).orElse(null);
            String light = to == null ? null : zone(to).orElse(null);
            String heavy = counts.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(Map.Entry::getKey)
                    .orElse(null);
            if (to == null || light == null || heavy == null) return Optional.empty();
            Step step = new Step(heavy, counts.getOrDefault(heavy, 0), light, counts.getOrDefault(light, 0), to);
            return step.difference() >= LEAST_DIFFERENCE ? Optional.of(step) : Optional.empty();
        }

        private boolean wouldGoElsewhere(Task task) {
            anew.remove(task);
            return anew.start(of.replacement(moves.size(), now))
                    .filter(host -> !host.id().equals(task.instance()))
                    .isPresent();
        }

        private void move(Task task, Step step) {
            moves.add(new Relocated(of.service(), task, host(task).orElseThrow(), step.to, step.better()));
            gain += step.difference() - 1;
            counts.merge(step.from, -1, Integer::sum);
            counts.merge(step.into, 1, Integer::sum);
            tasksByZone.getOrDefault(step.from, List.of()).remove(task);
        }

        private Optional<Finding> held(Step step, Hindrance why) {
            return Optional.of(Held.of(of.service(), step.uneven(), why));
        }

        /** From the host with the most of the service's tasks, the newest. */
        private Comparator<Task> leastMissed() {
            Map<String, Integer> onHost = new TreeMap<>();
            for (Task task : of.tasks()) onHost.merge(String.valueOf(task.instance()), 1, Integer::sum);
            return Comparator.<Task>comparingInt(task -> -onHost.getOrDefault(String.valueOf(task.instance()), 0))
                    .thenComparing(Task::createdAt, Comparator.reverseOrder())
                    .thenComparing(Task::id);
        }
    }

    /** One task from a zone into another. */
    private record Step(String from, int there, String into, int here, ContainerInstance to) {
        int difference() {
            return there - here;
        }

        String uneven() {
            return "has " + there + " tasks in Availability Zone " + from + " and " + here + " in " + into;
        }

        String better() {
            return uneven() + "; afterwards it has " + (there - 1) + " and " + (here + 1);
        }
    }

    private Optional<ContainerInstance> host(Task task) {
        return Optional.ofNullable(task.instance()).flatMap(base.state()::instance);
    }

    static Optional<String> zone(ContainerInstance host) {
        return host.attribute(Attribute.AVAILABILITY_ZONE).filter(zone -> !zone.isEmpty());
    }
}
