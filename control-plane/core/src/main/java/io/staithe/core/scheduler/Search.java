package io.staithe.core.scheduler;

import io.staithe.core.model.Resources;
import java.util.Arrays;

/**
 * Finds the best host for a question: the largest sum of its preferences first; class by class of those that its rules and
 * skew limits allow, fewest tasks of its group in their zone first; and in each class down the order of free room. Costs a few
 * tree descents, whatever the number of hosts; remembers nothing but the arrays that it works in.
 */
final class Search {
    private static final int NONE = HostOrder.NONE;
    /** Hosts that {@code random} draws before it looks at all that fit: then they are a small part of all. */
    private static final int MAX_DRAWS = 32;

    private final Fleet fleet;
    private final HostTable hosts;
    private final SkewLimits limits = new SkewLimits();
    private final ZoneCounts zones = new ZoneCounts();
    private final ZoneCounts zonesAfterHosts = new ZoneCounts();
    private final ZoneCounts zonesLast = new ZoneCounts();

    private Question question;
    private long chance;
    /** Hosts not to find, by slot; for finding the next best. */
    private int[] excluded = {};
    /** Which sum of weights is looked for. */
    private int level;

    /** Classes; those that are chosen among come last. */
    private int[] open = {};
    /** By class: the last mark that it was given. */
    private int[] marks = {};

    private int mark;

    /** @param first the question that is about to be asked */
    Search(Fleet fleet, HostTable hosts, Question first) {
        this.fleet = fleet;
        this.hosts = hosts;
        this.question = first;
    }

    /**
     * @param chance decides what {@code random} draws
     * @param except slots that are not to be found
     * @return a slot, or {@link HostOrder#NONE}
     */
    int find(Question asked, long chance, int[] except) {
        this.question = asked;
        this.chance = chance;
        this.excluded = except;
        count();
        for (level = 0; level < question.preferences.levels(); level++) {
            int end = openClasses();
            while (end > 0) {
                int begin = leastFilled(0, end, zones);
                int slot = best(begin, end);
                if (slot != NONE) return slot;
                end = begin;
            }
        }
        return NONE;
    }

    private void count() {
        int classes = fleet.classes();
        zones.count(question.zones, question.group, classes);
        zonesAfterHosts.count(question.zonesAfterHosts, question.group, classes);
        zonesLast.count(question.zonesLast, question.group, classes);
        limits.count(fleet, question);
    }

    /** Those that nothing excludes, that have hosts, and that may be liked as much as this level wants; says how many. */
    private int openClasses() {
        int classes = fleet.classes();
        if (open.length < classes) {
            open = new int[2 * classes];
            marks = Arrays.copyOf(marks, 2 * classes);
        }
        int opened = 0;
        for (int c = 0; c < classes; c++)
            if (SkewLimits.isEligible(c, fleet, question)
                    && question.preferences.mayReach(level, c)
                    && !limits.close(c)) open[opened++] = c;
        return opened;
    }

    /** Moves the open classes with the fewest tasks in their zones to the end of this part; says where they begin. */
    private int leastFilled(int from, int to, ZoneCounts by) {
        int least = open[from];
        for (int i = from + 1; i < to; i++) if (by.compare(open[i], least) < 0) least = open[i];
        int begin = to;
        for (int i = from; i < begin; ) {
            int hostClass = open[i];
            if (by.compare(hostClass, least) != 0) {
                i++;
            } else {
                open[i] = open[--begin];
                open[begin] = hostClass;
            }
        }
        return begin;
    }

    /** Of the hosts of the open classes in this part, which are equal so far. */
    private int best(int from, int to) {
        int best = NONE;
        if (question.ranking.packing() == Ranking.Packing.RANDOM) best = any(from, to);
        else for (int i = from; i < to; i++) best = better(best, bestOf(open[i]));
        return best == NONE && question.ranking.byHost() ? leastOfItsGroup(from, to) : best;
    }

    /** The best host of a class; where hosts are spread over, only of those without a task of the group. */
    private int bestOf(int hostClass) {
        Resources need = question.demand.need();
        if (question.ranking.packing() == Ranking.Packing.ROOMIEST) {
            HostOrder order = fleet.byMemory();
            int slot = order.most(hostClass, need.memory(), need.cpu(), need.gpus());
            while (slot != NONE && !isGood(slot))
                slot = order.mostBefore(hostClass, slot, need.memory(), need.cpu(), need.gpus());
            return slot;
        }
        boolean byCpu = question.ranking.packing() == Ranking.Packing.LEAST_CPU;
        PackingOrder order = fleet.packed(byCpu);
        int key = byCpu ? need.cpu() : need.memory();
        int other = byCpu ? need.memory() : need.cpu();
        int slot = order.first(hostClass, key, other, need.gpus());
        while (slot != NONE && !isGood(slot)) slot = order.next(hostClass, slot, key, other, need.gpus());
        return slot;
    }

    private boolean isGood(int slot) {
        return (!question.ranking.byHost() || question.group.on(slot) == 0) && isAllowed(slot);
    }

    private boolean isAllowed(int slot) {
        for (int no : excluded) if (no == slot) return false;
        if (question.maxOverHosts != Question.NO_LIMIT && question.group.on(slot) > limits.mostOnHost()) return false;
        Host host = fleet.host(slot);
        return question.allows(host) && question.preferences.areMet(level, hosts.hostClass[slot], host);
    }

    /** Every host that fits runs a task of the group: the one with the fewest. */
    private int leastOfItsGroup(int from, int to) {
        mark(from, to);
        Counts running = question.group.hosts();
        int best = NONE;
        for (int position = 0; position < running.length(); position++) {
            int slot = running.slotAt(position);
            if (slot == NONE || !isMarked(slot) || !fits(slot) || !isAllowed(slot)) continue;
            best = better(best, slot);
        }
        return best;
    }

    /** What chance chooses, of the classes whose zones after the hosts are the least filled first. */
    private int any(int from, int to) {
        for (int end = to; end > from; ) {
            int begin = leastFilled(from, end, zonesAfterHosts);
            int slot = draw(begin, end);
            if (slot != NONE) return slot;
            end = begin;
        }
        return NONE;
    }

    /** From all hosts by their ids, however they are sorted into classes, until one fits. */
    private int draw(int from, int to) {
        mark(from, to);
        int[] all = fleet.slotsById();
        for (int i = 1; i <= MAX_DRAWS; i++) {
            int slot = all[(int) Long.remainderUnsigned(Chance.mix(chance + i), all.length)];
            if (isMarked(slot) && fits(slot) && isGood(slot)) return slot;
        }
        Resources need = question.demand.need();
        HostOrder order = fleet.byMemory();
        int best = NONE;
        for (int i = from; i < to; i++) {
            int slot = order.least(open[i], need.memory(), need.cpu(), need.gpus());
            for (; slot != NONE; slot = order.leastAfter(open[i], slot, need.cpu(), need.gpus()))
                if (isGood(slot)) best = better(best, slot);
        }
        return best;
    }

    private void mark(int from, int to) {
        mark++;
        for (int i = from; i < to; i++) marks[open[i]] = mark;
    }

    private boolean isMarked(int slot) {
        return marks[hosts.hostClass[slot]] == mark;
    }

    private boolean fits(int slot) {
        Resources need = question.demand.need();
        return hosts.memory[slot] >= need.memory() && hosts.cpu[slot] >= need.cpu() && hosts.gpus[slot] >= need.gpus();
    }

    private int better(int slot, int other) {
        if (slot == NONE) return other;
        if (other == NONE) return slot;
        int compared = compareHosts(slot, other);
        if (compared != 0) return compared < 0 ? slot : other;
        return hosts.comesBefore(slot, other) == takesMost(slot) ? slot : other;
    }

    /** Negative: the first is better. What comes before hosts in the ranking is equal already. */
    private int compareHosts(int slot, int other) {
        int one = hosts.hostClass[slot];
        int two = hosts.hostClass[other];
        if (question.ranking.byHost()) {
            int byCount = Integer.compare(question.group.on(slot), question.group.on(other));
            if (byCount != 0) return byCount;
        }
        int byZone = zonesAfterHosts.compare(one, two);
        if (byZone != 0) return byZone;
        int byRoom = compareRoom(slot, other);
        return byRoom != 0 ? byRoom : zonesLast.compare(one, two);
    }

    private int compareRoom(int slot, int other) {
        Ranking.Packing packing = question.ranking.packing();
        if (packing == Ranking.Packing.RANDOM) return Long.compareUnsigned(lot(slot), lot(other));
        boolean inUse = hosts.isInUse(slot);
        if (packing != Ranking.Packing.ROOMIEST && inUse != hosts.isInUse(other)) return inUse ? -1 : 1;
        int byMemory = Integer.compare(hosts.memory[slot], hosts.memory[other]);
        int byCpu = Integer.compare(hosts.cpu[slot], hosts.cpu[other]);
        boolean cpuFirst = packing == Ranking.Packing.LEAST_CPU;
        int less = cpuFirst ? (byCpu != 0 ? byCpu : byMemory) : (byMemory != 0 ? byMemory : byCpu);
        return takesMost(slot) ? -less : less;
    }

    /** Of hosts like this one, that with the most room; and of equal ones the first, where orders of room end. */
    private boolean takesMost(int slot) {
        return switch (question.ranking.packing()) {
            case ROOMIEST -> true;
            case LEAST_MEMORY, LEAST_CPU -> !hosts.isInUse(slot);
            case RANDOM -> false;
        };
    }

    /** What a host is drawn by where all that fit are looked at. */
    private long lot(int slot) {
        return Chance.mix(chance + Chance.of(hosts.load(slot).instance().id()));
    }
}
