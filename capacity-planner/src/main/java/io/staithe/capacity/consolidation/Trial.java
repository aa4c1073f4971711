package io.staithe.capacity.consolidation;

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
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/**
 * What would be if some hosts went: their tasks are packed anew, into the room of those that stay and on hosts bought for less.
 *
 * @param after the hosts that are there then, without those that would be started
 */
record Trial(Change change, List<RunningHost> after) {
    /** Sets are small: most are packed exactly, whatever this is. */
    private static final long STEPS = 500_000;

    private record Alike(Resources needs, BitSet offers) {}

    /** Empty: it saves nothing, or some task would have no host. */
    static Optional<Trial> of(
            List<RunningHost> going, List<RunningHost> hosts, List<Offer> offers, LongToDoubleFunction score) {
        long price = going.stream().mapToLong(RunningHost::microsPerHour).sum();
        Map<Alike, Deque<Resident>> tasks = new LinkedHashMap<>();
        for (RunningHost host : going)
            for (Resident task : host.residents())
                tasks.computeIfAbsent(new Alike(task.needs(), task.offers()), none -> new ArrayDeque<>())
                        .add(task);
        List<RunningHost> staying =
                hosts.stream().filter(host -> !going.contains(host)).toList();
        List<RunningHost> roomy =
                staying.stream().filter(host -> hasRoom(host, tasks)).toList();
        List<TaskClass> classes = new ArrayList<>();
        tasks.forEach((alike, same) -> classes.add(new TaskClass(same.size(), alike.needs, alike.offers)));
        Packing packing = Packer.pack(
                new PackingProblem(
                        classes,
                        offers,
                        roomy.stream()
                                .map(host -> new OpenHost(host.offer(), host.room()))
                                .toList(),
                        Offer.UNLIMITED,
                        Long.MAX_VALUE),
                STEPS);
        long saved = price - packing.microsPerHour();
        if (saved <= 0 || !packing.unplaced().isEmpty()) return Optional.empty();
        return Optional.of(of(going, staying, roomy, packing, List.copyOf(tasks.values()), score.applyAsDouble(saved)));
    }

    private static Trial of(
            List<RunningHost> going,
            List<RunningHost> staying,
            List<RunningHost> roomy,
            Packing packing,
            List<Deque<Resident>> tasks,
            double score) {
        Map<String, String> moved = new LinkedHashMap<>();
        Map<String, RunningHost> after = new LinkedHashMap<>();
        for (RunningHost host : staying) after.put(host.id(), host);
        for (Packing.OnOpenHost on : packing.onOpenHosts()) {
            RunningHost host = roomy.get(on.host());
            List<Resident> coming = taken(on.tasks(), tasks);
            coming.forEach(task -> moved.put(task.task(), host.id()));
            after.put(host.id(), with(host, coming));
        }
        List<Change.Starting> starting = new ArrayList<>();
        for (Packing.Purchase bought : packing.purchases())
            for (int host = 0; host < bought.hosts(); host++)
                starting.add(new Change.Starting(
                        bought.offer(),
                        taken(bought.tasks(), tasks).stream()
                                .map(Resident::task)
                                .toList()));
        long price = going.stream().mapToLong(RunningHost::microsPerHour).sum();
        Change change = new Change(
                going.stream().map(RunningHost::id).toList(), moved, starting, price - packing.microsPerHour(), score);
        return new Trial(change, List.copyOf(after.values()));
    }

    private static List<Resident> taken(Map<Integer, Integer> counts, List<Deque<Resident>> tasks) {
        List<Resident> taken = new ArrayList<>();
        counts.forEach((index, count) -> {
            for (int task = 0; task < count; task++) taken.add(tasks.get(index).remove());
        });
        return taken;
    }

    private static RunningHost with(RunningHost host, List<Resident> coming) {
        Resources room = host.room();
        for (Resident task : coming) room = room.minus(task.needs());
        List<Resident> residents = new ArrayList<>(host.residents());
        residents.addAll(coming);
        return new RunningHost(host.id(), host.offer(), host.microsPerHour(), room, residents, host.mayGo());
    }

    private static boolean hasRoom(RunningHost host, Map<Alike, Deque<Resident>> tasks) {
        return tasks.keySet().stream()
                .anyMatch(alike -> alike.offers.get(host.offer()) && alike.needs.fitsIn(host.room()));
    }

    /** The largest of a task's shares of a host; infinite when it has not what the task needs. */
    static double share(Resources needs, Resources room) {
        double share = Math.max(of(needs.cpu(), room.cpu()), of(needs.memory(), room.memory()));
        share = Math.max(share, of(needs.gpus(), room.gpus()));
        for (var other : needs.others().entrySet())
            share = Math.max(share, of(other.getValue(), room.other(other.getKey())));
        return share;
    }

    private static double of(int need, int room) {
        return need == 0 ? 0 : (double) need / room;
    }
}
