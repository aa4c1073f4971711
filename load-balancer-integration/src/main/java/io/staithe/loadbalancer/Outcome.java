package io.staithe.loadbalancer;

import org.jspecify.annotations.Nullable;

/** What came of an {@link EdgeAction}. */
public sealed interface Outcome {
    Outcome DONE = new Done();

    /** What went wrong, for people. */
    @Nullable
    String why();

    record Done() implements Outcome {
        @Override
        public @Nullable String why() {
            return null;
        }
    }

    /** The proxy will not have all of it as it is asked; what was there before goes on. */
    record Refused(String why) implements Outcome {}

    /** It did not work this time, or nobody knows whether it did. */
    record Failed(String why) implements Outcome {}
}
