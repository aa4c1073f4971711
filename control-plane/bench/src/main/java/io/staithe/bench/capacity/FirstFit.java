package io.staithe.bench.capacity;

import io.staithe.capacity.packing.Offer;
import io.staithe.core.model.Resources;
import io.staithe.core.workload.TaskShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First fit decreasing: the largest task first, each on the first host that has room; else a new host, of the type on which the
 * task's largest share costs least. What an autoscaler does that looks at one task at a time.
 *
 * @param hosts how many it bought
 * @param micros what they cost together, in millionths of a dollar an hour
 */
record FirstFit(int hosts, long micros) {
    /** @throws IllegalArgumentException when a task fits on no offer */
    static FirstFit pack(List<TaskShape> tasks, List<Offer> offers) {
        List<TaskShape> largestFirst = tasks.stream()
                .sorted(Comparator.comparingDouble((TaskShape task) -> cheapest(task, offers).cost)
                        .reversed())
                .toList();
        List<int[]> rooms = new ArrayList<>();
        long micros = 0;
        for (TaskShape task : largestFirst) {
            int[] room = firstFitting(task, rooms);
            if (room == null) {
                Offer offer = cheapest(task, offers).offer;
                micros += offer.microsPerHour();
                room = new int[] {offer.room().cpu(), offer.room().memory()};
                rooms.add(room);
            }
            room[0] -= task.cpu();
            room[1] -= task.memory();
        }
        return new FirstFit(rooms.size(), micros);
    }

    /** The cheapest of those that use one type alone. */
    static FirstFit onBestSingleType(List<TaskShape> tasks, List<Offer> offers) {
        return offers.stream()
                .filter(offer -> tasks.stream().allMatch(task -> share(task, offer) <= 1))
                .map(offer -> pack(tasks, List.of(offer)))
                .min(Comparator.comparingLong(FirstFit::micros))
                .orElseThrow();
    }

    private static int @Nullable [] firstFitting(TaskShape task, List<int[]> rooms) {
        for (int[] room : rooms) if (task.cpu() <= room[0] && task.memory() <= room[1]) return room;
        return null;
    }

    private record Choice(Offer offer, double cost) {}

    private static Choice cheapest(TaskShape task, List<Offer> offers) {
        return offers.stream()
                .filter(offer -> share(task, offer) <= 1)
                .map(offer -> new Choice(offer, offer.microsPerHour() * share(task, offer)))
                .min(Comparator.comparingDouble(Choice::cost))
                .orElseThrow(() -> new IllegalArgumentException("fits nowhere: " + task));
    }

    private static double share(TaskShape task, Offer offer) {
        Resources room = offer.room();
        return Math.max((double) task.cpu() / room.cpu(), (double) task.memory() / room.memory());
    }
}
