package io.staithe.core.rebalance;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.HostLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether all tasks of one host would go to other hosts that are in use. None goes to a host with more free memory than the
 * one that it leaves, and none makes the balance between zones worse: so the sum of the squares of what hosts have free rises
 * with every move, and a host that was emptied half goes on being emptied.
 */
final class Departure {
    private final ContainerInstance host;
    private final Emptying all;
    /** What is there, with what has been started so far. */
    private final Trial startFirst;
    /** The same without the tasks that leave. */
    private final Trial anew;

    private final Map<ServiceId, Integer> started = new HashMap<>();
    private final Map<ServiceId, Map<String, Integer>> zones = new HashMap<>();
    private int freeMemory;

    Departure(Trial base, ContainerInstance host, Emptying all) {
        this.host = host;
        this.all = all;
        startFirst = base.copy();
        anew = base.copy();
        freeMemory = freeMemory(base.state(), host);
    }

    Optional<Finding> find() {
        List<Task> tasks = all.tasksOn(host);
        tasks.forEach(anew::remove);
        List<Relocated> moves = new ArrayList<>();
        for (Task task : tasks) {
            SteadyService service = all.steady(task).orElseThrow();
            Optional<ContainerInstance> to = destination(service, task);
            if (to.isEmpty()) return Optional.empty();
            moves.add(new Relocated(service.service(), task, host, to.get(), better(tasks.size())));
        }
        Optional<Hindrance> hindrance = tasks.stream()
                .flatMap(
                        task -> all
                                .limits()
                                .hindrance(all.steady(task).orElseThrow())
                                .or(() -> all.movable().hindrance(task))
                                .stream())
                .findFirst();
        if (hindrance.isPresent())
            return Optional.of(Held.of(host, "could become empty by " + count(tasks.size()), hindrance.get()));
        List<Relocated> now = allowed(moves);
        return now.isEmpty()
                ? Optional.empty()
                : Optional.of(new Proposal("HOST_EMPTYING_STARTED", now, 1, moves.size()));
    }

    private Optional<ContainerInstance> destination(SteadyService service, Task task) {
        ServiceId id = service.service().id();
        Task replacement = service.replacement(started.merge(id, 1, Integer::sum) - 1, all.now());
        ClusterState before = startFirst.state();
        Map<String, Integer> spread = zones.computeIfAbsent(
                id, any -> startFirst.spread(service.service().taskGroup(), Attribute.AVAILABILITY_ZONE));
        ContainerInstance to = startFirst.start(replacement).orElse(null);
        if (to == null || to.id().equals(host.id()) || all.tasksOn(to).isEmpty()) return Optional.empty();
        if (freeMemory(before, to) > freeMemory || !keepsTheBalance(service, to, spread)) return Optional.empty();
        boolean elsewhere = anew.start(replacement)
                .filter(place -> !place.id().equals(host.id()))
                .isPresent();
        if (!elsewhere) return Optional.empty();
        freeMemory += task.reserved().memory();
        return Optional.of(to);
    }

    private boolean keepsTheBalance(SteadyService service, ContainerInstance to, Map<String, Integer> spread) {
        String from = ZoneBalance.zone(host).orElse("");
        String into = ZoneBalance.zone(to).orElse("");
        if (from.equals(into) || !SteadyService.balancesZones(service.service())) return true;
        if (spread.getOrDefault(into, 0) >= spread.getOrDefault(from, 0)) return false;
        spread.merge(from, -1, Integer::sum);
        spread.merge(into, 1, Integer::sum);
        return true;
    }

    /** The first of them, as many as may begin now. */
    private List<Relocated> allowed(List<Relocated> moves) {
        Map<ServiceId, Integer> own = new HashMap<>();
        List<Relocated> now = new ArrayList<>();
        for (Relocated move : moves) {
            SteadyService service = all.steady(move.task()).orElseThrow();
            int left = all.limits().left(service)
                    - own.getOrDefault(service.service().id(), 0);
            if (left <= 0 || now.size() == all.limits().left()) continue;
            own.merge(service.service().id(), 1, Integer::sum);
            now.add(move);
        }
        return now;
    }

    private String better(int tasks) {
        return "host " + host.hostName() + " becomes empty by " + count(tasks) + " to hosts that are in use";
    }

    private static String count(int moves) {
        return moves == 1 ? "1 move" : moves + " moves";
    }

    private static int freeMemory(ClusterState state, ContainerInstance host) {
        return state.load(host.id()).map(HostLoad::free).orElseThrow().memory();
    }
}
