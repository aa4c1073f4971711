package io.staithe.bench.capacity;

import io.staithe.core.workload.TaskShape;
import io.staithe.core.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A task's time.
 *
 * @param from second at which it comes; negative: before the day begins
 * @param until second at which it has gone
 */
record Stay(int number, TaskShape shape, long from, long until) {
    static final int DAY_SECONDS = 86_400;

    private static final int MEAN_SECONDS = 4 * 3600;
    /** How far the busiest hour is above the mean, and the quietest below. */
    private static final double SWING = 0.5;

    /** Fargate's sizes, as many as that at a time in the mean, more by day than by night; each stays for four hours in the mean. */
    static List<Stay> drawn(int atATime, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Stay> stays = new ArrayList<>();
        List<TaskShape> shapes = Workloads.fargateSizes(atATime * 20, seed);
        double perSecond = (double) atATime / MEAN_SECONDS;
        double at = -DAY_SECONDS / 2.0;
        while (stays.size() < shapes.size()) {
            at -= Math.log(1 - random.nextDouble()) / (perSecond * (1 + SWING));
            if (at >= DAY_SECONDS) break;
            double rate = 1 - SWING * Math.cos(2 * Math.PI * at / DAY_SECONDS);
            if (random.nextDouble() * (1 + SWING) > rate) continue;
            long length = 1 + (long) (-Math.log(1 - random.nextDouble()) * MEAN_SECONDS);
            stays.add(new Stay(stays.size(), shapes.get(stays.size()), (long) at, (long) at + length));
        }
        return stays;
    }

    /** The pods of a trace that are there on its busiest day, its first second moved to 0. */
    static List<Stay> busiestDay(List<TaskShape> shapes, List<long[]> times) {
        long day = 0;
        long most = 0;
        long last = times.stream().mapToLong(time -> time[0]).max().orElse(0);
        for (long candidate = 0; candidate <= last; candidate += DAY_SECONDS) {
            long from = candidate;
            long coming = times.stream()
                    .filter(time -> time[0] >= from && time[0] < from + DAY_SECONDS)
                    .count();
            if (coming <= most) continue;
            most = coming;
            day = candidate;
        }
        List<Stay> stays = new ArrayList<>();
        for (int pod = 0; pod < times.size(); pod++) {
            long[] time = times.get(pod);
            if (time[0] < day + DAY_SECONDS && time[1] > day)
                stays.add(new Stay(pod, shapes.get(pod), time[0] - day, time[1] - day));
        }
        return stays;
    }
}
