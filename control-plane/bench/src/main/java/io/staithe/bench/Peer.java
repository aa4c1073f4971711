package io.staithe.bench;

import io.staithe.core.model.PlacementStrategy;
import java.util.function.Supplier;

/** Who is measured. */
public enum Peer {
    /** The decision alone. */
    STAITHE("Staithe, binpack", () -> Staithe.deciding(binpack())),
    /** As services have it that ask for nothing: over Availability Zones, then over hosts. */
    STAITHE_SPREAD("Staithe, spread", () -> Staithe.deciding()),
    /** As the control loop asks: the three best hosts with their scores, or rule by rule why none. */
    STAITHE_EXPLAINED("Staithe, binpack, explained", () -> Staithe.explaining(binpack())),
    FENZO("Fenzo, best fit", () -> new Fenzo(Fenzo.NEVER_GOOD_ENOUGH)),
    FENZO_GOOD_ENOUGH("Fenzo, good enough (0.5)", () -> new Fenzo(0.5)),
    /** CPU and memory only. */
    SCAN("bare scan, no rules", ArrayScan::new);

    private final String title;
    private final Supplier<Contender> make;

    Peer(String title, Supplier<Contender> make) {
        this.title = title;
        this.make = make;
    }

    String title() {
        return title;
    }

    Contender make() {
        return make.get();
    }

    private static PlacementStrategy binpack() {
        return new PlacementStrategy("binpack", "memory");
    }
}
