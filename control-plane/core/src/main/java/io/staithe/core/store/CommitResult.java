package io.staithe.core.store;

import io.staithe.core.model.Key;

/** How a commit ended. */
public sealed interface CommitResult permits CommitResult.Committed, CommitResult.Conflict, CommitResult.Unknown {

    /** All of it was written, durably, at this revision. */
    record Committed(long revision) implements CommitResult {}

    /** Nothing was written: this object has another revision than expected, or the plan's lease is gone (its key). */
    record Conflict(Key key) implements CommitResult {}

    /** No answer in time: it was applied, or will be, or never. Read again before planning on. */
    record Unknown(String reason) implements CommitResult {}
}
