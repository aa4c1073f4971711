package io.staithe.bench.capacity;

import io.staithe.capacity.consolidation.Change;
import io.staithe.capacity.consolidation.Consolidation;
import io.staithe.capacity.consolidation.ConsolidationLimits;
import io.staithe.capacity.consolidation.Resident;
import io.staithe.capacity.consolidation.RunningHost;
import io.staithe.capacity.packing.Offer;
import io.staithe.capacity.packing.OpenHost;
import io.staithe.capacity.packing.Packer;
import io.staithe.capacity.packing.Packing;
import io.staithe.capacity.packing.PackingProblem;
import io.staithe.capacity.packing.TaskClass;
import io.staithe.core.model.Resources;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A day on which tasks come and go, looked at every ten minutes: who has gone makes room, who comes is packed into it and onto
 * hosts bought for it, and a few tasks move so that hosts can go. Beside it, at each look, all tasks packed anew, as nobody can
 * who has to leave them where they are. Hosts start at once.
 */
final class OnlineDay {
    private static final int LOOK_SECONDS = 600;
    /** One in so many tasks may move at a look, or this many when they are few. */
    private static final int TASKS_PER_MOVE = 50;

    private static final int LEAST_MOVES = 4;

    private static final int MINIMUM_SAVING_PERCENT = 10;
    private static final double MINIMUM_SCORE = 0.5;

    private final List<Offer> offers;
    private final BitSet all = new BitSet();
    private final Map<String, RunningHost> hosts = new LinkedHashMap<>();
    private int started;

    private OnlineDay(List<Offer> offers) {
        this.offers = offers;
        all.set(0, offers.size());
    }

    static Tally of(List<Stay> stays, List<Offer> offers) {
        return new OnlineDay(offers).run(stays);
    }

    private Tally run(List<Stay> stays) {
        Tally tally = new Tally();
        Map<Integer, Stay> here = new LinkedHashMap<>();
        List<Stay> coming = new ArrayList<>(stays);
        for (long now = -Stay.DAY_SECONDS / 2; now < Stay.DAY_SECONDS; now += LOOK_SECONDS) {
            long second = now;
            here.values().removeIf(stay -> stay.until() <= second);
            keepOnly(here);
            List<Stay> arrivals = coming.stream()
                    .filter(stay -> stay.from() <= second && stay.until() > second)
                    .toList();
            coming.removeIf(stay -> stay.from() <= second);
            arrivals.forEach(stay -> here.put(stay.number(), stay));
            long start = CapacityTable.processorNanos();
            place(arrivals);
            int moves = consolidate(Math.max(LEAST_MOVES, here.size() / TASKS_PER_MOVE));
            if (now >= 0) tally.add(here.size(), moves, CapacityTable.processorNanos() - start, cost(), anew(here));
        }
        return tally;
    }

    private long cost() {
        return hosts.values().stream().mapToLong(RunningHost::microsPerHour).sum();
    }

    private long anew(Map<Integer, Stay> here) {
        List<TaskClass> classes = classes(List.copyOf(here.values()), new ArrayList<>());
        return Packer.pack(new PackingProblem(classes, offers), Packer.QUICK_STEPS)
                .microsPerHour();
    }

    private void keepOnly(Map<Integer, Stay> here) {
        hosts.replaceAll((id, host) -> {
            List<Resident> staying = host.residents().stream()
                    .filter(task -> here.containsKey(Integer.valueOf(task.task())))
                    .toList();
            return staying.size() == host.residents().size() ? host : host(id, host.offer(), staying);
        });
    }

    private void place(List<Stay> arrivals) {
        List<Deque<Stay>> queues = new ArrayList<>();
        List<TaskClass> classes = classes(arrivals, queues);
        List<RunningHost> open = List.copyOf(hosts.values());
        Packing packing = Packer.pack(
                new PackingProblem(
                        classes,
                        offers,
                        open.stream()
                                .map(host -> new OpenHost(host.offer(), host.room()))
                                .toList(),
                        Offer.UNLIMITED,
                        Long.MAX_VALUE),
                Packer.QUICK_STEPS);
        for (Packing.OnOpenHost on : packing.onOpenHosts()) {
            RunningHost host = open.get(on.host());
            List<Resident> residents = new ArrayList<>(host.residents());
            residents.addAll(taken(on.tasks(), queues));
            hosts.put(host.id(), host(host.id(), host.offer(), residents));
        }
        for (Packing.Purchase bought : packing.purchases())
            for (int host = 0; host < bought.hosts(); host++) start(bought.offer(), taken(bought.tasks(), queues));
    }

    /** @return how many tasks have moved */
    private int consolidate(int atMost) {
        List<Change> changes = Consolidation.propose(
                List.copyOf(hosts.values()),
                offers,
                new ConsolidationLimits(atMost, MINIMUM_SAVING_PERCENT, MINIMUM_SCORE));
        for (Change change : changes) {
            Map<String, Resident> leaving = new LinkedHashMap<>();
            for (String id : change.going())
                Objects.requireNonNull(hosts.remove(id)).residents().forEach(task -> leaving.put(task.task(), task));
            change.moved().forEach((task, to) -> {
                RunningHost host = Objects.requireNonNull(hosts.get(to));
                List<Resident> residents = new ArrayList<>(host.residents());
                residents.add(Objects.requireNonNull(leaving.get(task)));
                hosts.put(to, host(to, host.offer(), residents));
            });
            for (Change.Starting starting : change.starting())
                start(
                        starting.offer(),
                        starting.tasks().stream()
                                .map(task -> Objects.requireNonNull(leaving.get(task)))
                                .toList());
        }
        return changes.stream().mapToInt(Change::moves).sum();
    }

    private void start(int offer, List<Resident> residents) {
        String id = "host-" + started++;
        hosts.put(id, host(id, offer, residents));
    }

    private RunningHost host(String id, int offer, List<Resident> residents) {
        Resources room = offers.get(offer).room();
        for (Resident task : residents) room = room.minus(task.needs());
        if (!Resources.NONE.fitsIn(room)) throw new IllegalStateException(id + " has too many tasks");
        return new RunningHost(id, offer, offers.get(offer).microsPerHour(), room, residents, true);
    }

    private List<Resident> taken(Map<Integer, Integer> counts, List<Deque<Stay>> queues) {
        List<Resident> taken = new ArrayList<>();
        counts.forEach((index, count) -> {
            for (int task = 0; task < count; task++) {
                Stay stay = queues.get(index).remove();
                taken.add(new Resident(String.valueOf(stay.number()), needs(stay), all, 1, true));
            }
        });
        return taken;
    }

    /** @param queues gets the tasks of each class */
    private List<TaskClass> classes(List<Stay> stays, List<Deque<Stay>> queues) {
        Map<Resources, Deque<Stay>> alike = new LinkedHashMap<>();
        for (Stay stay : stays)
            alike.computeIfAbsent(needs(stay), none -> new ArrayDeque<>()).add(stay);
        queues.addAll(alike.values());
        return alike.entrySet().stream()
                .map(same -> new TaskClass(same.getValue().size(), same.getKey(), all))
                .toList();
    }

    private static Resources needs(Stay stay) {
        return new Resources(stay.shape().cpu(), stay.shape().memory(), 0);
    }
}
