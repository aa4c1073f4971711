package io.staithe.capacity.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Resources;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What every packing keeps, whatever it costs. */
final class PackingCheck {
    private PackingCheck() {}

    static void check(PackingProblem problem, Packing packing) {
        everyTaskOnce(problem, packing);
        nothingOverCapacity(problem, packing);
        limitsKept(problem, packing);
        assertTrue(packing.boundMicrosPerHour() <= packing.microsPerHour(), "bound above cost");
    }

    private static void everyTaskOnce(PackingProblem problem, Packing packing) {
        int[] seen = new int[problem.classes().size()];
        packing.onOpenHosts().forEach(host -> host.tasks().forEach((index, count) -> seen[index] += count));
        packing.purchases()
                .forEach(bought -> bought.tasks().forEach((index, count) -> seen[index] += bought.hosts() * count));
        packing.unplaced().forEach(none -> seen[none.taskClass()] += none.count());
        for (int index = 0; index < seen.length; index++)
            assertEquals(problem.classes().get(index).count(), seen[index], "tasks of class " + index);
    }

    private static void nothingOverCapacity(PackingProblem problem, Packing packing) {
        Set<Integer> hosts = new HashSet<>();
        for (Packing.OnOpenHost on : packing.onOpenHosts()) {
            assertTrue(hosts.add(on.host()), "open host twice");
            OpenHost host = problem.open().get(on.host());
            fits(problem, on.tasks(), host.offer(), host.room());
        }
        for (Packing.Purchase bought : packing.purchases())
            fits(
                    problem,
                    bought.tasks(),
                    bought.offer(),
                    problem.offers().get(bought.offer()).room());
    }

    private static void fits(PackingProblem problem, Map<Integer, Integer> tasks, int offer, Resources room) {
        Resources used = Resources.NONE;
        for (var entry : tasks.entrySet()) {
            TaskClass taskClass = problem.classes().get(entry.getKey());
            assertTrue(entry.getValue() > 0, "no task");
            assertTrue(taskClass.offers().get(offer), "not allowed there");
            for (int task = 0; task < entry.getValue(); task++) used = used.plus(taskClass.needs());
        }
        assertTrue(used.fitsIn(room), used + " in " + room);
    }

    private static void limitsKept(PackingProblem problem, Packing packing) {
        int[] bought = new int[problem.offers().size()];
        long micros = 0;
        for (Packing.Purchase purchase : packing.purchases()) {
            bought[purchase.offer()] += purchase.hosts();
            micros += purchase.hosts() * problem.offers().get(purchase.offer()).microsPerHour();
        }
        for (int offer = 0; offer < bought.length; offer++)
            assertTrue(bought[offer] <= problem.offers().get(offer).limit(), "limit of an offer");
        assertEquals(micros, packing.microsPerHour());
        assertTrue(micros <= problem.budgetMicrosPerHour(), "budget");
        assertTrue(packing.hosts() <= problem.hostLimit(), "limit of hosts");
    }
}
