package io.staithe.capacity.packing;

import java.util.List;
import java.util.Map;

/**
 * What to buy, and where each task goes. Every task of the problem is in exactly one of the first three.
 *
 * @param onOpenHosts what goes on hosts that are there
 * @param purchases what to buy, and what goes on it
 * @param unplaced what gets no host, and why
 * @param microsPerHour what the purchases cost together, in millionths of a dollar an hour
 * @param boundMicrosPerHour what the tasks on bought hosts cannot cost less than, however they are packed
 * @param reasons one for each offer that is bought
 */
public record Packing(
        List<OnOpenHost> onOpenHosts,
        List<Purchase> purchases,
        List<Unplaced> unplaced,
        long microsPerHour,
        long boundMicrosPerHour,
        List<Reason> reasons) {
    public Packing {
        onOpenHosts = List.copyOf(onOpenHosts);
        purchases = List.copyOf(purchases);
        unplaced = List.copyOf(unplaced);
        reasons = List.copyOf(reasons);
    }

    /**
     * What goes on a host that is there.
     *
     * @param host its index in the problem
     * @param tasks by index of their class, how many of it; each at least 1
     */
    public record OnOpenHost(int host, Map<Integer, Integer> tasks) {
        public OnOpenHost {
            tasks = Map.copyOf(tasks);
        }
    }

    /**
     * Hosts that are alike.
     *
     * @param offer its index in the problem
     * @param hosts how many, at least 1
     * @param tasks of each host, as for open ones
     */
    public record Purchase(int offer, int hosts, Map<Integer, Integer> tasks) {
        public Purchase {
            tasks = Map.copyOf(tasks);
        }
    }

    public int hosts() {
        return purchases.stream().mapToInt(Purchase::hosts).sum();
    }
}
