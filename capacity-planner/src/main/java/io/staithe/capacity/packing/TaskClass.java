package io.staithe.capacity.packing;

import io.staithe.core.model.Resources;
import java.util.BitSet;

/**
 * Tasks that are alike: they need the same, and the same offers would take them.
 *
 * @param count how many, at least 0
 * @param needs of each; no component negative, and not nothing
 * @param offers indexes of the offers that may run it, as the scheduler says: architecture, zone, attributes
 */
public record TaskClass(int count, Resources needs, BitSet offers) {
    public TaskClass {
        if (count < 0) throw new IllegalArgumentException("count must not be negative: " + count);
        if (!Resources.NONE.fitsIn(needs) || needs.others().values().stream().anyMatch(amount -> amount < 0))
            throw new IllegalArgumentException("needs must not be negative: " + needs);
        if (needs.equals(Resources.NONE)) throw new IllegalArgumentException("needs must not be nothing");
        offers = (BitSet) offers.clone();
    }

    @Override
    public BitSet offers() {
        return (BitSet) offers.clone();
    }
}
