package io.staithe.core.state;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;

/** One write of a plan: it happens only if the object still has the revision that the planner saw. */
public sealed interface Change permits Change.Put, Change.Delete {
    /** Expected revision of an object that must not exist yet. */
    long ABSENT = 0;
    /** Matches whatever is there, or nothing. */
    long ANY = -1;

    Key key();

    /** {@link #ABSENT}, {@link #ANY}, or the exact revision. */
    long expectedRevision();

    /** @param leased whether the object ends with the plan's lease */
    record Put(Entity entity, long expectedRevision, boolean leased) implements Change {
        @Override
        public Key key() {
            return entity.key();
        }
    }

    record Delete(Key key, long expectedRevision) implements Change {}

    static Change create(Entity entity) {
        return new Put(entity, ABSENT, false);
    }

    static Change put(Entity entity, long expectedRevision) {
        return new Put(entity, expectedRevision, false);
    }

    static Change putLeased(Entity entity, long expectedRevision) {
        return new Put(entity, expectedRevision, true);
    }

    static Change delete(Key key, long expectedRevision) {
        return new Delete(key, expectedRevision);
    }
}
