package io.staithe.core.state;

import io.staithe.core.model.InstanceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.ConsPStack;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PStack;

/**
 * The hosts of one cluster, each with its load, under small numbers: its slot, which a host keeps while it exists. Two
 * versions tell quickly which slots differ, so that a working copy in flat arrays follows at the cost of what changed.
 */
public final class HostLoads {
    public static final HostLoads NONE =
            new HostLoads(SharedArray.empty(), HashTreePMap.empty(), ConsPStack.empty(), 0);

    /** Told of a slot at which two versions differ. Absent: no host there. */
    @FunctionalInterface
    public interface Visitor {
        void differs(int slot, @Nullable HostLoad before, @Nullable HostLoad after);
    }

    private final SharedArray<HostLoad> loads;
    private final PMap<InstanceId, Integer> slots;
    /** Of hosts that are gone. */
    private final PStack<Integer> spare;
    /** Every slot is below this. */
    private final int end;

    private HostLoads(SharedArray<HostLoad> loads, PMap<InstanceId, Integer> slots, PStack<Integer> spare, int end) {
        this.loads = loads;
        this.slots = slots;
        this.spare = spare;
        this.end = end;
    }

    public int size() {
        return slots.size();
    }

    public Optional<HostLoad> of(InstanceId host) {
        return Optional.ofNullable(slots.get(host)).map(loads::get);
    }

    /** Where a host is. */
    public Optional<Integer> slotOf(InstanceId host) {
        return Optional.ofNullable(slots.get(host));
    }

    /** Visits each slot at which {@code after} has another host or another load, in the order of slots. */
    public void differences(HostLoads after, Visitor visitor) {
        loads.differences(after.loads, visitor::differs);
    }

    HostLoads with(HostLoad load) {
        InstanceId host = load.instance().id();
        Integer there = slots.get(host);
        if (there != null) return new HostLoads(loads.with(there, load), slots, spare, end);
        int slot = spare.isEmpty() ? end : spare.get(0);
        return new HostLoads(
                loads.with(slot, load),
                slots.plus(host, slot),
                spare.isEmpty() ? spare : spare.minus(0),
                Math.max(end, slot + 1));
    }

    HostLoads without(InstanceId host) {
        Integer slot = slots.get(host);
        return slot == null ? this : new HostLoads(loads.with(slot, null), slots.minus(host), spare.plus(slot), end);
    }
}
