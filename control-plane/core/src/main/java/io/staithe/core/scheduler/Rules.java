package io.staithe.core.scheduler;

import java.util.List;

/** Every rule of placement: the one place that says which there are, and in which order they are told. */
final class Rules {
    /** The first that a host breaks is the one that is told of it: what hosts of a class share, then room, then the rest. */
    static final List<Rule> ALL = List.of(
            new HostTakesTasks(),
            new PlatformMatches(),
            new AttributesMatch(),
            new ResourcesFit(),
            new NamedResourcesFree(),
            new PortsFree(),
            new DistinctInstance(),
            new HostMatches());

    private Rules() {}
}
