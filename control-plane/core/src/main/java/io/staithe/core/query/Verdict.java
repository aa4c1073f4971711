package io.staithe.core.query;

/** What an expression says of a host. */
public sealed interface Verdict {
    Verdict HOLDS = new Known(true);
    Verdict FAILS = new Known(false);

    record Known(boolean holds) implements Verdict {
        @Override
        public Verdict negated() {
            return holds ? FAILS : HOLDS;
        }
    }

    /** Not told, because the pattern of {@code comparison} takes too long on a value of this host. */
    record TooCostly(Comparison comparison) implements Verdict {
        @Override
        public boolean holds() {
            return false;
        }

        /** Nobody knows the contrary either. */
        @Override
        public Verdict negated() {
            return this;
        }
    }

    static Verdict of(boolean holds) {
        return holds ? HOLDS : FAILS;
    }

    boolean holds();

    Verdict negated();
}
