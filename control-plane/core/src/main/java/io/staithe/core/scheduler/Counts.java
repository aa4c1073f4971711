package io.staithe.core.scheduler;

import java.util.Arrays;

/** How many tasks of one group run on each slot: a small hash table without boxes. */
final class Counts {
    private static final int EMPTY = -1;

    private int[] slots = filled(8);
    private int[] counts = new int[8];
    /** Entries, those with a count of zero included. */
    private int entries;

    int of(int slot) {
        int at = find(slot);
        return slots[at] == EMPTY ? 0 : counts[at];
    }

    /** @return the new count */
    int add(int slot, int change) {
        int at = find(slot);
        if (slots[at] == EMPTY) {
            if (2 * (entries + 1) > slots.length) {
                rehash();
                at = find(slot);
            }
            slots[at] = slot;
            entries++;
        }
        return counts[at] += change;
    }

    /** The table's length: {@link #slotAt} takes positions below it. */
    int length() {
        return slots.length;
    }

    /** The slot at a position of the table, or -1 where none with a positive count is. */
    int slotAt(int position) {
        return slots[position] != EMPTY && counts[position] > 0 ? slots[position] : EMPTY;
    }

    private int find(int slot) {
        int mask = slots.length - 1;
        int at = ((slot * 0x9e3779b9) >>> 7) & mask;
        while (slots[at] != EMPTY && slots[at] != slot) at = (at + 1) & mask;
        return at;
    }

    /** Drops what counts zero; grows when that is not enough. */
    private void rehash() {
        int live = 0;
        for (int i = 0; i < slots.length; i++) if (slotAt(i) != EMPTY) live++;
        int length = slots.length;
        while (4 * (live + 1) > length) length *= 2;
        int[] oldSlots = slots;
        int[] oldCounts = counts;
        slots = filled(length);
        counts = new int[length];
        entries = 0;
        for (int i = 0; i < oldSlots.length; i++)
            if (oldSlots[i] != EMPTY && oldCounts[i] > 0) {
                int at = find(oldSlots[i]);
                slots[at] = oldSlots[i];
                counts[at] = oldCounts[i];
                entries++;
            }
    }

    private static int[] filled(int length) {
        int[] array = new int[length];
        Arrays.fill(array, EMPTY);
        return array;
    }
}
