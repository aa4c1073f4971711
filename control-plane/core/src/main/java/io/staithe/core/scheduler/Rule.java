package io.staithe.core.scheduler;

import java.util.Optional;

/** One condition that a host must meet to take a task. */
interface Rule {
    /** What of a host a rule looks at: says how the search for a host asks it. */
    enum Scope {
        /** Nothing: the demand does not concern this rule. */
        NOTHING,
        /** What all hosts of a class have in common: asked once a class. */
        CLASS,
        /** Free CPU, memory and GPUs: answered by the order that hosts are kept in. */
        ROOM,
        /** How many tasks of its group run where: asked of the counts, class by class and host by host. */
        COUNTS,
        /** Anything else: asked of each host that would be chosen. */
        HOST
    }

    Scope scope(Demand demand);

    /** Empty: this rule has nothing against it. */
    Optional<Veto> check(Demand demand, Host host);

    /** The same without the reason, for the search. */
    default boolean allows(Demand demand, Host host) {
        return check(demand, host).isEmpty();
    }
}
