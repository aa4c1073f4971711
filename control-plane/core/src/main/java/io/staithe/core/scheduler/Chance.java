package io.staithe.core.scheduler;

import io.staithe.core.model.Id;

/** Chance without a random source: the same id gives the same number, different ids different ones. */
final class Chance {
    private Chance() {}

    static long of(Id id) {
        return mix(id.value().hashCode() * 0x9e3779b97f4a7c15L);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014). */
    static long mix(long number) {
        long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
