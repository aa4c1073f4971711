package io.staithe.core.scheduler;

import io.staithe.core.model.Resources;
import io.staithe.core.scheduler.Question.Zones;
import java.util.Arrays;

/**
 * Finds the best host for a question: class by class of those that its rules allow, fewest tasks of its group in their zone
 * first, and in each class down the order of free room. Costs a few tree descents, whatever the number of hosts; remembers
 * nothing but the arrays that it works in.
 */
final class Search {
    private static final int NONE = HostOrder.NONE;

    private final Fleet fleet;
    private final HostTable hosts;

    private Question question;
    private long chance;
    /** Hosts not to find, by slot; for finding the next best. */
    private int[] excluded = {};

    private int[] open = {};
    private int opened;
    private int[] among = {};
    private int chosen;
    private int[][] counts = {};

    /** @param first the question that is about to be asked */
    Search(Fleet fleet, HostTable hosts, Question first) {
        this.fleet = fleet;
        this.hosts = hosts;
        this.question = first;
    }

    /**
     * @param chance decides where {@code random} begins
     * @param except slots that are not to be found
     * @return a slot, or {@link HostOrder#NONE}
     */
    int find(Question asked, long chance, int[] except) {
        this.question = asked;
        this.chance = chance;
        this.excluded = except;
        openClasses();
        while (opened > 0) {
            chooseLeastFilled();
            int slot = bestAmongChosen();
            if (slot != NONE) return slot;
        }
        return NONE;
    }

    /** The classes that no rule excludes and that have a host with enough memory, or CPU. */
    private void openClasses() {
        int classes = fleet.classes();
        if (open.length < classes) {
            open = new int[2 * classes];
            among = new int[2 * classes];
        }
        opened = 0;
        for (int c = 0; c < classes; c++)
            if (question.verdictOn(c) == Question.ALLOWED && fleet.byMemory().sizeOf(c) > 0) open[opened++] = c;
        count(question.zones, 0);
        count(question.zonesAfterHosts, question.zones.count());
        count(question.zonesLast, question.zones.count() + question.zonesAfterHosts.count());
    }

    /** How many tasks of the group run in each zone, told for each class: over all classes, open or not. */
    private void count(Zones zones, int at) {
        int classes = fleet.classes();
        if (counts.length < at + zones.count()) counts = Arrays.copyOf(counts, at + zones.count());
        for (int z = 0; z < zones.count(); z++) {
            if (counts[at + z] == null || counts[at + z].length < 2 * classes) counts[at + z] = new int[4 * classes];
            int[] byClass = counts[at + z];
            Arrays.fill(byClass, classes, 2 * classes, 0);
            for (int c = 0; c < classes; c++) byClass[classes + zones.valueOf(z, c)] += question.group.in(c);
            for (int c = 0; c < classes; c++) byClass[c] = byClass[classes + zones.valueOf(z, c)];
        }
    }

    /** Moves the open classes with the fewest tasks in their zones from what is open to what is chosen. */
    private void chooseLeastFilled() {
        int least = open[0];
        for (int i = 1; i < opened; i++) if (compare(question.zones, 0, open[i], least) < 0) least = open[i];
        chosen = 0;
        int left = 0;
        for (int i = 0; i < opened; i++) {
            if (compare(question.zones, 0, open[i], least) == 0) among[chosen++] = open[i];
            else open[left++] = open[i];
        }
        opened = left;
    }

    private int bestAmongChosen() {
        int best = NONE;
        if (question.ranking.packing() == Ranking.Packing.RANDOM) best = anyAmongChosen();
        else for (int i = 0; i < chosen; i++) best = better(best, bestOf(among[i]));
        return best == NONE && question.ranking.byHost() ? leastOfItsGroup() : best;
    }

    /** The best host of a class; where hosts are spread over, only of those without a task of the group. */
    private int bestOf(int hostClass) {
        Resources need = question.demand.need();
        HostOrder order = order();
        boolean byCpu = order != fleet.byMemory();
        int key = byCpu ? need.cpu() : need.memory();
        int other = byCpu ? need.memory() : need.cpu();
        if (question.ranking.packing() == Ranking.Packing.ROOMIEST) {
            int slot = order.most(hostClass, key, other, need.gpus());
            while (slot != NONE && !isGood(slot)) slot = order.mostBefore(hostClass, slot, key, other, need.gpus());
            return slot;
        }
        int slot = order.least(hostClass, key, other, need.gpus());
        while (slot != NONE && !isGood(slot)) slot = order.leastAfter(hostClass, slot, other, need.gpus());
        return slot;
    }

    private boolean isGood(int slot) {
        return (!question.ranking.byHost() || question.group.on(slot) == 0) && isAllowed(slot);
    }

    private boolean isAllowed(int slot) {
        for (int no : excluded) if (no == slot) return false;
        return question.allows(fleet.host(slot));
    }

    /** Every host that fits runs a task of the group: the one with the fewest. */
    private int leastOfItsGroup() {
        Counts running = question.group.hosts();
        int best = NONE;
        for (int position = 0; position < running.length(); position++) {
            int slot = running.slotAt(position);
            if (slot == NONE || !isChosen(hosts.hostClass[slot])) continue;
            if (!fits(slot) || !isAllowed(slot)) continue;
            best = better(best, slot);
        }
        return best;
    }

    private boolean isChosen(int hostClass) {
        for (int i = 0; i < chosen; i++) if (among[i] == hostClass) return true;
        return false;
    }

    private boolean fits(int slot) {
        Resources need = question.demand.need();
        return hosts.memory[slot] >= need.memory() && hosts.cpu[slot] >= need.cpu() && hosts.gpus[slot] >= need.gpus();
    }

    /** From a host that chance chooses among all of the chosen classes, the next one that fits, round to the start again. */
    private int anyAmongChosen() {
        int total = 0;
        for (int i = 0; i < chosen; i++) total += fleet.byMemory().sizeOf(among[i]);
        int start = (int) Long.remainderUnsigned(chance, total);
        int first = 0;
        while (start >= fleet.byMemory().sizeOf(among[first]))
            start -= fleet.byMemory().sizeOf(among[first++]);
        int from = fleet.byMemory().select(among[first], start);
        for (int i = 0; i <= chosen; i++) {
            int hostClass = among[(first + i) % chosen];
            int slot = anyFrom(hostClass, i == 0 ? from : NONE);
            if (slot != NONE) return slot;
        }
        return NONE;
    }

    private int anyFrom(int hostClass, int from) {
        Resources need = question.demand.need();
        HostOrder order = fleet.byMemory();
        if (from != NONE && fits(from) && isGood(from)) return from;
        int slot = from == NONE || hosts.memory[from] < need.memory()
                ? order.least(hostClass, need.memory(), need.cpu(), need.gpus())
                : order.leastAfter(hostClass, from, need.cpu(), need.gpus());
        while (slot != NONE && !isGood(slot)) slot = order.leastAfter(hostClass, slot, need.cpu(), need.gpus());
        return slot;
    }

    private HostOrder order() {
        return question.ranking.packing() == Ranking.Packing.LEAST_CPU ? fleet.byCpu() : fleet.byMemory();
    }

    private int better(int slot, int other) {
        if (slot == NONE) return other;
        if (other == NONE) return slot;
        int compared = compareHosts(slot, other);
        if (compared != 0) return compared < 0 ? slot : other;
        // Among equals as the orders do, whether they are of one class or of two.
        boolean first = question.ranking.packing() == Ranking.Packing.ROOMIEST;
        return hosts.comesBefore(slot, other) == first ? slot : other;
    }

    /** Negative: the first is better. What comes before hosts in the ranking is equal already. */
    private int compareHosts(int slot, int other) {
        int one = hosts.hostClass[slot];
        int two = hosts.hostClass[other];
        if (question.ranking.byHost()) {
            int byCount = Integer.compare(question.group.on(slot), question.group.on(other));
            if (byCount != 0) return byCount;
        }
        int byZone = compare(question.zonesAfterHosts, question.zones.count(), one, two);
        if (byZone != 0) return byZone;
        int byRoom = compareRoom(slot, other);
        if (byRoom != 0) return byRoom;
        return compare(question.zonesLast, question.zones.count() + question.zonesAfterHosts.count(), one, two);
    }

    private int compareRoom(int slot, int other) {
        int byMemory = Integer.compare(hosts.memory[slot], hosts.memory[other]);
        int byCpu = Integer.compare(hosts.cpu[slot], hosts.cpu[other]);
        return switch (question.ranking.packing()) {
            case ROOMIEST -> byMemory != 0 ? -byMemory : -byCpu;
            case LEAST_MEMORY -> byMemory != 0 ? byMemory : byCpu;
            case LEAST_CPU -> byCpu != 0 ? byCpu : byMemory;
            case RANDOM -> 0;
        };
    }

    private int compare(Zones zones, int at, int hostClass, int other) {
        for (int z = 0; z < zones.count(); z++) {
            int byCount = Integer.compare(counts[at + z][hostClass], counts[at + z][other]);
            if (byCount != 0) return byCount;
        }
        return 0;
    }
}
