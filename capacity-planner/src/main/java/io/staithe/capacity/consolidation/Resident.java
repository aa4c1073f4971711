package io.staithe.capacity.consolidation;

import io.staithe.core.model.Resources;
import java.util.BitSet;

/**
 * A task on a host.
 *
 * @param task its id
 * @param needs what it reserves; not nothing
 * @param offers indexes of the offers whose hosts may run it, as the scheduler says
 * @param disruption what moving it counts as, at least 0; 1 is usual
 * @param movable false: it stays where it is, and so does its host (protected, or part of nothing that would start it again)
 */
public record Resident(String task, Resources needs, BitSet offers, double disruption, boolean movable) {
    public Resident {
        if (!(disruption >= 0)) throw new IllegalArgumentException("disruption must not be negative: " + disruption);
        offers = (BitSet) offers.clone();
    }

    @Override
    public BitSet offers() {
        return (BitSet) offers.clone();
    }
}
