package io.staithe.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.HostAssignment;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Setting;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents are sent, derived from what changed, against what is derived from the whole state. */
class ConcernTest {
    private static final int COMMITS = 400;

    private final World world = new World();
    private final Lease lease = world.store.grant(Duration.ofSeconds(10));
    private final Gateway gateway = new Gateway("gateway-1", null, 10);
    private final Queue<Event> events = new ArrayDeque<>();
    private final Map<Long, InstanceId> hosts = new HashMap<>();
    private final Map<Long, Assignment> told = new HashMap<>();
    private ClusterState state = ClusterState.EMPTY;
    private int deliveries;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyAgentKnowsWhatTheWholeStateAsksOfIt(long seed) {
        begins();
        RandomChanges changes = new RandomChanges(seed, List.copyOf(hosts.values()));
        for (int i = 0; i < COMMITS; i++) {
            world.commit(changes.next(world.state()));
            if (changes.chance(0.02)) {
                events.clear();
                follows(world.state());
            } else if (changes.chance(0.8)) {
                follows();
            }
            List<Long> ready =
                    hosts.keySet().stream().filter(s -> changes.chance(0.7)).toList();
            gateway.outbox(ready::contains).forEach(this::hears);
            for (long session : ready) assertEquals(wanted(session), told.get(session), "after " + i + " commits");
        }
        assertTrue(deliveries > COMMITS / 2, "only " + deliveries + " deliveries");
    }

    /** Two edge hosts and two that carry no traffic. */
    private void begins() {
        world.put(new Setting(Setting.JOIN_TOKEN_HASH, GivenHello.TOKEN));
        follows(world.store.open(events::add).snapshot());
        for (int i = 1; i <= 4; i++) {
            GivenHello host = GivenHello.host(i);
            hosts.put((long) i, host.id());
            gateway.hello(i, (i <= 2 ? host.edge() : host).build(), world.now);
            for (Optional<Plan> plan = gateway.next(world.now); plan.isPresent(); plan = gateway.next(world.now)) {
                gateway.on(world.store.commit(plan.get(), lease), world.now);
                follows();
            }
        }
        gateway.outbox().forEach(this::hears);
    }

    private void follows(ClusterState snapshot) {
        state = snapshot;
        gateway.on(snapshot);
    }

    private void follows() {
        while (!events.isEmpty()) {
            Event.Changed event = (Event.Changed) events.remove();
            state = state.apply(event);
            gateway.on(event, state);
        }
    }

    private void hears(Outbound message) {
        if (!(message instanceof Outbound.Deliver deliver)) return;
        deliveries++;
        Assignment before = told.getOrDefault(message.session(), Assignment.EMPTY);
        Assignment after = before.applying(deliver.delta());
        if (told.put(message.session(), after) == null) return;
        assertFalse(deliver.delta().full(), "everything is told once");
        assertEquals(after.since(before), deliver.delta(), "nothing is told that is known");
    }

    private Assignment wanted(long session) {
        return HostAssignment.of(state, state.instance(hosts.get(session)).orElseThrow());
    }
}
