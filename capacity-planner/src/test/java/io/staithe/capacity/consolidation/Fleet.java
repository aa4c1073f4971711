package io.staithe.capacity.consolidation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.capacity.packing.Offer;
import io.staithe.core.model.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hosts that changes are carried out on; what breaks a rule fails the test. */
final class Fleet {
    private final List<Offer> offers;
    private final Map<String, RunningHost> hosts = new TreeMap<>();
    private int started;

    Fleet(List<Offer> offers) {
        this.offers = offers;
    }

    Fleet with(String id, int offer, Resident... residents) {
        return with(id, offer, true, List.of(residents));
    }

    Fleet with(String id, int offer, boolean mayGo, List<Resident> residents) {
        Resources room = offers.get(offer).room();
        for (Resident task : residents) {
            assertTrue(task.needs().fitsIn(room), task + " on " + id);
            assertTrue(task.offers().get(offer), task + " may not run on " + id);
            room = room.minus(task.needs());
        }
        hosts.put(id, new RunningHost(id, offer, offers.get(offer).microsPerHour(), room, residents, mayGo));
        return this;
    }

    List<RunningHost> hosts() {
        return List.copyOf(hosts.values());
    }

    long cost() {
        return hosts.values().stream().mapToLong(RunningHost::microsPerHour).sum();
    }

    int tasks() {
        return hosts.values().stream().mapToInt(host -> host.residents().size()).sum();
    }

    void carryOut(Change change) {
        long before = cost();
        Map<String, Resident> leaving = new HashMap<>();
        for (String id : change.going()) {
            RunningHost host = hosts.remove(id);
            assertTrue(host.mayGo(), id + " may not go");
            host.residents().forEach(task -> {
                assertTrue(task.movable(), task + " may not move");
                leaving.put(task.task(), task);
            });
        }
        change.moved().forEach((task, to) -> {
            RunningHost host = hosts.get(to);
            List<Resident> residents = new ArrayList<>(host.residents());
            residents.add(leaving.remove(task));
            with(to, host.offer(), host.mayGo(), residents);
        });
        for (Change.Starting starting : change.starting())
            with(
                    "started-" + started++,
                    starting.offer(),
                    true,
                    starting.tasks().stream().map(leaving::remove).toList());
        assertTrue(leaving.isEmpty(), "without a host: " + leaving);
        assertTrue(cost() == before - change.savedMicrosPerHour(), "saves something else");
    }
}
