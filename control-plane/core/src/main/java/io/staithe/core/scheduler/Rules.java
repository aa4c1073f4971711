package io.staithe.core.scheduler;

import java.util.List;

/** Every rule of placement: the one place that says which there are, and in which order they are told. */
final class Rules {
    static final Rule ROOM = new ResourcesFit();
    static final Rule SKEW = new MaxSkew();

    /** The first that a host breaks is the one that is told of it: what hosts of a class share, then room, then the rest. */
    static final List<Rule> ALL = List.of(
            new HostTakesTasks(),
            new CapacityProviderMatches(),
            new PlatformMatches(),
            new AttributesMatch(),
            ROOM,
            new NamedResourcesFree(),
            new PortsFree(),
            new DedicatedHostUnused(),
            new DistinctInstance(),
            new HostMatches(),
            SKEW);

    private Rules() {}
}
