package io.staithe.core.query;

/** A comparison that is ready to be made: its argument is read. */
interface Condition {
    /** @throws Regex.GaveUp when the pattern takes too long */
    boolean holds(Facts host);
}
