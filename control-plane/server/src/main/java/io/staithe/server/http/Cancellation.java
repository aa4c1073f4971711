package io.staithe.server.http;

import org.jspecify.annotations.Nullable;

/** How to cancel something that is only just being started: whichever of the two comes first, both have their effect. */
final class Cancellation {
    private @Nullable Runnable how;
    private boolean wanted;

    synchronized void by(Runnable cancels) {
        how = cancels;
        if (wanted) cancels.run();
    }

    synchronized void cancel() {
        wanted = true;
        if (how != null) how.run();
    }
}
