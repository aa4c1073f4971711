package io.staithe.simulation;

/** An invariant that does not hold. Ends the run. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String invariant, String what) {
        super(invariant + ": " + what);
    }
}
