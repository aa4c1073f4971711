package io.staithe.capacity.consolidation;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Hosts that go, and where their tasks go.
 *
 * @param going ids of hosts that are given back when their tasks have left
 * @param moved by task, the id of a host that stays
 * @param starting hosts to start first
 * @param savedMicrosPerHour what it saves, in millionths of a dollar, more than 0
 * @param score see {@link ConsolidationLimits}; infinite when no task is disturbed
 */
public record Change(
        List<String> going, Map<String, String> moved, List<Starting> starting, long savedMicrosPerHour, double score) {
    private static final double MICROS = 1e6;

    public Change {
        going = List.copyOf(going);
        moved = Map.copyOf(moved);
        starting = List.copyOf(starting);
    }

    /**
     * A host to start.
     *
     * @param offer the index of its offer
     * @param tasks ids of those that move to it
     */
    public record Starting(int offer, List<String> tasks) {
        public Starting {
            tasks = List.copyOf(tasks);
        }
    }

    /** How many tasks move. */
    public int moves() {
        return moved.size()
                + starting.stream().mapToInt(host -> host.tasks().size()).sum();
    }

    /** {@code 2 hosts go, 1 starts, 5 tasks move: saves $0.096000 an hour}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %,d start, %,d tasks move: saves $%.6f an hour",
                going.size() == 1 ? "host " + going.get(0) + " goes" : String.format("%,d hosts go", going.size()),
                starting.size(),
                moves(),
                savedMicrosPerHour / MICROS);
    }
}
